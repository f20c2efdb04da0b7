"""What every verb says that will not be done."""


class Refusal(Exception):
    """This cannot be done now, and nothing was changed. ``for_people`` says why, in the language of whoever asked.

    A room makes a kind of its own only where a caller has to tell one refusal from another.
    """

    def __init__(self, for_people: str):
        super().__init__(for_people)
        self.for_people = for_people
