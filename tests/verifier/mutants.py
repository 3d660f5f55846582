#!/usr/bin/env python3
"""Which checks of the verifier would nobody miss? Every condition of a `require` and of an `if` that throws, and every
conjunct of it, is dropped in turn; test_verifier has to fail, or test_solve, which has the forgeries of completeness.
Each mutant is a number in the environment, so that one build serves for all.
    tests/verifier/mutants.py BUILD [PLACE]    prints the survivors; exit code 1 where there are any
PLACE: only checks whose place, as printed, starts with it (complete.hpp, bounds.hpp:24)"""
import concurrent.futures, os, pathlib, re, subprocess, sys, tempfile

root = pathlib.Path(__file__).resolve().parents[2]
build = pathlib.Path(sys.argv[1]).resolve()
wanted = sys.argv[2] if len(sys.argv) > 2 else ''
places = []
# Checks that no file can show to be missing.
beyond_files = {
    'look_at_the_clock && double(std::clock() - start) / CLOCKS_PER_SEC > most_seconds': 'five minutes; tested by itself',
    'error': 'a file that vanishes between two calls',
    'found == statements_.end()': 'what would be read then does not exist',
}


def close(text, start):
    """The end of the first argument that starts here: a comma or bracket outside of brackets and strings."""
    depth, quoted, k = 0, False, start
    while True:
        c = text[k]
        if c == '"' and text[k - 1] != '\\':
            quoted = not quoted
        elif not quoted and c in '([{':
            depth += 1
        elif not quoted and (c in ')]}' or (c == ',' and depth == 0)):
            if depth == 0:
                return k
            depth -= 1
        k += 1


def split(condition, operator):
    parts, depth, last = [], 0, 0
    for k, c in enumerate(condition):
        depth += (c in '([{') - (c in ')]}')
        if depth == 0 and condition.startswith(operator, k):
            parts.append(condition[last:k])
            last = k + len(operator)
    return parts + [condition[last:]]


def mutate(path):
    text, result, done = path.read_text(), '', 0
    for match in re.finditer(r'(\.|->|\s)require\(|require_fit\(|if \((?=[^\n]*(?:\n\s*)?(?:throw |reject\())', text):
        before = text[max(0, match.start() - 40):match.start()]
        if 'bool condition' in text[match.end():match.end() + 20] or 'bool fit' in text[match.end():match.end() + 12]:
            continue
        start, end = match.end(), close(text, match.end())
        if start < done or text[start:end] in ('!condition', '!fit'):
            continue
        throwing = match.group().startswith('if')
        if throwing and not re.match(r'\)\s*(throw |\S*reject\()', text[end:]):
            continue
        operator = ' || ' if throwing else ' && '
        parts = []
        condition = text[start:end]
        alone = (' || ' in condition and not throwing) or (' && ' in condition and throwing)
        pieces = split(condition, operator)
        if len(split(condition, ' || ' if operator == ' && ' else ' && ')) > 1:
            pieces = [condition]  # of mixed operators
        for part in pieces:
            if ' '.join(part.split()) in beyond_files:
                parts.append(part if len(pieces) == 1 else f'({part})')
                continue
            places.append(f'{path.name}:{text.count(chr(10), 0, start) + 1}: {" ".join(part.split())}')
            parts.append(f'(!mutants::dropped({len(places) - 1}) && ({part}))' if throwing
                         else f'(mutants::dropped({len(places) - 1}) || ({part}))')
        result += text[done:start] + operator.join(parts)
        done = end
    path.write_text(result + text[done:])


with tempfile.TemporaryDirectory() as folder:
    copy = pathlib.Path(folder) / 'verifier'
    copy.mkdir()
    for path in sorted((root / 'verifier').glob('*.?pp')):
        if path.name == 'main.cpp':
            continue
        (copy / path.name).write_text(path.read_text())
        mutate(copy / path.name)
    exact = copy / 'exact.hpp'
    exact.write_text(exact.read_text().replace('namespace verifier {', '''#include <cstdlib>
namespace mutants {
inline bool dropped(int k) {
  static const char* const chosen = std::getenv("MUTANT");
  static const int number = chosen ? std::atoi(chosen) : -1;
  return k == number;
}
}
namespace verifier {''', 1))
    sources = [str(copy / name) for name in ('certificate.cpp', 'near.cpp', 'orbit.cpp', 'manifest.cpp', 'text.cpp')]
    for source in sources:
        subprocess.run(['c++', '-std=c++20', '-O1', '-I', folder, '-c', source, '-o', source + '.o'], check=True)

    def linked(test):
        """The program of a test, with this verifier."""
        link = subprocess.run(['ninja', '-C', str(build), '-t', 'commands', test], capture_output=True, text=True,
                              check=True).stdout.splitlines()[-1].split('&&')[1]
        # in front, as tests that include headers of the verifier have inline functions of their own
        link = link.replace(' verifier/librankscape_verifier.a', '', 1)
        link = re.sub(r' (?=\S+\.o )', ''.join(f' {s}.o' for s in sources) + ' ', link, count=1)
        link = re.sub(r'-o \S+', f'-o {folder}/{test}', link, count=1)
        subprocess.run(link, shell=True, cwd=build, check=True)
        return f'{folder}/{test}'

    # the forgeries first, as they take no time
    runs = [(linked('test_verifier'), files) for files in ('*forged*', '*known_good_test*', '*manifest_test*', '*hostile_test*')]
    runs.append((linked('test_solve'), '*/complete_test*,*/count_test*'))

    def passes(mutant):
        environment = dict(os.environ, MUTANT=str(mutant))
        try:
            for program, files in runs:
                if subprocess.run([program, '-ts=quick', '-tce=exit codes*', '-sf=' + files], env=environment,
                                  timeout=120, capture_output=True).returncode != 0:
                    return False
        except subprocess.TimeoutExpired:
            return False
        if mutant >= 0:
            print('survives: ' + places[mutant], flush=True)
        return True

    if not passes(-1):
        sys.exit('the tests fail without a mutant')
    chosen = [k for k, place in enumerate(places) if place.startswith(wanted)]
    if not chosen:
        sys.exit(f'no check at {wanted}')
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        survivors = sum(pool.map(passes, chosen))
print(f'{len(chosen)} checks dropped in turn, {len(chosen) - survivors} are missed by the tests')
sys.exit(1 if survivors else 0)
