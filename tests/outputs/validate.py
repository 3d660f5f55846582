"""validate.py SCHEMA FILE...: each file is as the schema says, and is not any more without one of the members that it
requires, or with one that is of another type."""
import copy
import json
import sys

from jsonschema import Draft202012Validator

schema = json.load(open(sys.argv[1], encoding="utf-8"))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
for name in sys.argv[2:]:
    document = json.load(open(name, encoding="utf-8"))
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
