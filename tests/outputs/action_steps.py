"""The commands of the action in docs/recipes.md, read from the standard input as YAML: a JSON list, in order."""
import json
import sys

import yaml

action = yaml.safe_load(sys.stdin)
assert action.get("on", action.get(True)) == ["push", "pull_request"]  # in YAML 1.1 the word `on` is true
(job,) = action["jobs"].values()
assert job["runs-on"] == "ubuntu-latest" and job["container"] == "debian:12"
for step in job["steps"]:
    assert ("run" in step) != ("uses" in step), step
uploads = [step["with"]["path"].split() for step in job["steps"] if step.get("uses", "").startswith("actions/upload-artifact@")]
print(json.dumps({"env": action["env"], "run": [step["run"] for step in job["steps"] if "run" in step], "upload": uploads}))
