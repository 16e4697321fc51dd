"""Plausible wrong answers to problem set 2: code, the points it earns, words the student gets."""

HOUSEHOLDS = 'h = sizes["communes"] * sizes["assumed"]\n'

EFFORT = (
    "beta = mine.supply / 100\n"
    "q = visible_work(4797)\n"
    "effort = [effort_ratio(beta, 1, 0.55, 33), effort_ratio(beta, 1, 0.55, 4797),\n"
    "          effort_ratio(beta, q, 0.55, 4797)]\n"
)

WHOLE = "effort_whole = effort_ratio({}, 1, 0.55, 160)"

DAYS = "days = {} / ({} * {})"

EXTRA = "(1 - 230 / 365)"

VERDICTS = '["dates fit", "needs a broken rule", "effect before cause"]'

CLAIMS = '["crop of 1958", "hunger of 1960", "recovery"]'

CHANGE = (
    'both = {0.5: "no work throughout", 0.7: "work begins", 0.9: "work throughout"}\n'
    "change = both[{0.5: 0.7, 0.7: 0.9, 0.9: 0.5}[mine.patience]]"
)

BANK = {
    "q1": [
        (
            'share = 100 * sizes["communes"].iloc[1:].sum() / sizes["communes"].sum()',
            2,
            "share of communes over 5,000",
        ),
        (HOUSEHOLDS + "share = 100 * h.iloc[0] / h.sum()", 5, "the question asks for the others"),
        (HOUSEHOLDS + "share = 100 * h.iloc[2:].sum() / h.sum()", 2, "begins at 10,000 households"),
        (HOUSEHOLDS + "share = h.iloc[1:].sum() / h.sum()", 5, "100 times too small"),
        (
            'share = 100 * sizes["assumed"].iloc[1:].sum() / sizes["assumed"].sum()',
            0,
            "multiply each by the number of communes",
        ),
        ("share = 50", 0, "Not this value. With your numbers it is"),
        ('share = "76 per cent"', 0, "should be a number (per cent), and this is a str"),
        ("share = ...", 0, "No answer was left"),
    ],
    "q2": [
        (
            HOUSEHOLDS + 'lived_in = h.sum() / sizes["communes"].sum()',
            2,
            "the size of the average commune",
        ),
        ('lived_in = sizes["assumed"].mean()', 0, "the same weight"),
        ("lived_in = 4797", 0, "the mean commune of the whole country"),
        (
            HOUSEHOLDS + 'lived_in = (h * sizes["assumed"]).sum() / h.sum() / 1000',
            5,
            "1,000 times too small",
        ),
        (
            HOUSEHOLDS + 'lived_in = (h * sizes["assumed"]).sum() / sizes["communes"].sum()',
            3,
            "it was the households that answered",
        ),
        (HOUSEHOLDS + 'lived_in = h * sizes["assumed"] / h.sum()', 0, "should be a number"),
        ("lived_in = 7000", 0, "Not this value"),
    ],
    "q3": [
        (f"verdict = {VERDICTS}[({CLAIMS}.index(mine.claim) + 1) % 3]", 0, "Here it is"),
        (f"verdict = {VERDICTS}[({CLAIMS}.index(mine.claim) + 2) % 3]", 0, "Here it is"),
        ('verdict = "true"', 0, "is not among the choices"),
        ("verdict = 1960", 0, "and this is an int"),
        ("verdict = ...", 0, "No answer was left"),
    ],
    "q4": [
        (
            EFFORT.replace("mine.supply / 100", "1 - mine.supply / 100"),
            6,
            "the share divided by need",
        ),
        (EFFORT.replace("visible_work(4797", "visible_work(33"), 8, "third number is the team's"),
        (EFFORT.replace("visible_work(4797", "visible_work(160"), 8, "in the brigade of 160"),
        (EFFORT.replace("visible_work(4797)", "0.5"), 8, "half the news through in all"),
        (EFFORT.replace("mine.supply", "0.6 * mine.supply"), 6, "a share of all income"),
        (EFFORT + "effort = effort[::-1]", 6, "in the opposite order"),
        (EFFORT.replace("mine.supply / 100", "mine.supply"), 0, "No answer was left"),
        (EFFORT + "effort = effort[:2]", 0, "It should hold 3 numbers, and this holds 2"),
        (EFFORT + "effort = effort[0]", 0, "should be a list of numbers"),
        (EFFORT.replace("0.55, 33", "0.5, 33"), 8, "Number 1 of 3: not this value"),
    ],
    "q5": [
        (WHOLE.format("mine.supply / 100"), 3, "counts one part only"),
        (WHOLE.format("0.4 + mine.supply / 100"), 5, "a share of the members' 60 yuan"),
        (WHOLE.format("0.6 * mine.supply / 100"), 3, "that was kept does not follow"),
        (
            "follow = visible_work(160)\n"
            + WHOLE.format("0.4 + 0.6 * mine.supply / 100").replace(", 1,", ", follow,"),
            5,
            "here points are exact",
        ),
        (WHOLE.format("0.6 * (1 - mine.supply / 100)"), 5, "the part that does follow work"),
        (WHOLE.format("0.4"), 3, "counts one part only"),
        (
            "effort_whole = 100 * " + WHOLE.format("0.4 + 0.6 * mine.supply / 100")[15:],
            5,
            "100 times too large",
        ),
        (WHOLE.format("40 + 0.6 * mine.supply"), 0, "No answer was left"),
    ],
    "q6": [
        ('paper = "directive"', 0, "order says what was wanted"),
        ('paper = "head count"', 0, "measures how many shared"),
        ('paper = "yields"', 2, "the sum of many causes"),
        ('paper = "diaries"', 0, "is not among the choices"),
    ],
    "q7": [
        ('change = "work stops"', 0, "what Lin's argument leads us to expect"),
        (CHANGE, 0, "Your δ of"),
        ("change = mine.patience", 0, "and this is a float"),
        ("change = ...", 0, "No answer was left"),
    ],
    "q8": [
        (DAYS.format("27.97e9", "500e6", 1), 5, "takes the whole kilogram as extra"),
        (DAYS.format("27.97e9", "500e6", "(230 / 365)"), 5, "divides by what was eaten at home"),
        (DAYS.format("27.97e9", "500e6", "0.2"), 5, "what lesson 24 supposed"),
        (DAYS.format("27.97e9", "400e6", EXTRA), 7, "400 million diners belong to the end of 1959"),
        (DAYS.format("30e9", "500e6", EXTRA), 9.5, "the question takes the revised one"),
        (DAYS.format("27.97e9", "3.45e6", EXTRA), 2.5, "the number of halls"),
        (DAYS.format("169.68e9", "500e6", EXTRA), 3.5, "takes the whole crop of 1959"),
        (DAYS.format("27.97e6", "500e6", EXTRA), 6, "1,000 times too small"),
        (DAYS.format("-27.97e9", "500e6", EXTRA), 6, "the sign is not"),
        ("days = 1,512", 0, "not a comma"),
    ],
}
