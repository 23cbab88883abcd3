"""The one error type that a user sees: where, what, and what to do."""


class TishinaError(Exception):
    """Something the user can mend: a file, an option, a configuration key."""

    def __init__(self, where: str, what: str, fix: str) -> None:
        super().__init__(where, what, fix)
        self.where, self.what, self.fix = where, what, fix

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.fix}"
