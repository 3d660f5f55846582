"""validate.py SCHEMA FILE...: each file (each line, where its name ends in .jsonl) is as the schema says, and is not any
more without one of the members that it requires, or with one that is of another type."""
import copy
import json
import pathlib
import sys

from jsonschema import Draft202012Validator, RefResolver

schema = json.load(open(sys.argv[1], encoding="utf-8"))
Draft202012Validator.check_schema(schema)
# schemas refer to each other by the names of their files
validator = Draft202012Validator(schema, resolver=RefResolver(pathlib.Path(sys.argv[1]).resolve().as_uri(), schema))


def documents(name):
    text = open(name, encoding="utf-8").read()
    lines = text.splitlines() if name.endswith(".jsonl") else [text]
    for number, line in enumerate(lines, 1):
        yield f"{name}:{number}", json.loads(line)


for name, document in (pair for file in sys.argv[2:] for pair in documents(file)):
    for error in validator.iter_errors(document):
        sys.exit(f"{name}: {error.json_path}: {error.message[:300]}")
    required = schema.get("required", ["format"])
    if not required:
        sys.exit(f"{sys.argv[1]}: requires nothing")
    for member in required:
        broken = copy.deepcopy(document)
        del broken[member]
        if validator.is_valid(broken):
            sys.exit(f"{name}: valid without {member}")
        broken[member] = {"another": ["type"]}
        if not isinstance(document[member], dict) and validator.is_valid(broken):
            sys.exit(f"{name}: valid with a false {member}")
