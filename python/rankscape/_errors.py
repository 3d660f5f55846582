"""What is raised."""


class InputError(ValueError):
    """Input that cannot be used. The message is the one line that the command line prints with exit code 2."""


class InternalFault(RuntimeError):
    """A defect of rankscape, such as a disagreement between two derivations: never a verdict. Please report it."""
