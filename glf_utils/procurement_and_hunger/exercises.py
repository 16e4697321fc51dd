"""Exercises and guesses of lessons 41 to 47, on procurement and hunger."""

from glf_utils.answers import Exercise, Guess, Slip
from glf_utils.country.believed import believed
from glf_utils.procurement_and_hunger.evidence import (
    all_together,
    fewer_fields,
    grain_moved,
    invented_year,
    per_head,
    within_provinces,
)
from glf_utils.procurement_and_hunger.model import (
    energy_per_day,
    famine_threshold,
    fixed_quota,
    food_balance,
    people_fed,
)
from glf_utils.procurement_and_hunger.recovery import (
    STEPS,
    state_account,
    steps,
    villagers_account,
)
from glf_utils.tables import load, one

READINGS = {
    "unhusked, one year": (2800, 1),
    "unhusked, both years": (2800, 2),
    "milled, one year": (3400, 1),
    "milled, both years": (3400, 2),
}
"""Ways to read the course page's sentence: kcal per kg and years fed."""


def _slips(says, *answers):
    """Wrong answers that one sentence names."""
    return tuple(Slip(answer, says) for answer in answers)


# -- 41: What did a nation have to eat? ----------------------------------------------------------


def _ration(where="north_of_huai"):
    """Kilograms of raw grain a villager and year, by the directive of September 1960."""
    return one("food_coefficients", f"item == 'ration_{where}_september_1960'", "value_central")


def ration_kcal():
    """Kilocalories a day in the villagers' ration north of the Huai."""
    return energy_per_day(_ration())


def fall(**settings):
    """Per cent by which the food balance fell from 1957 to 1960.

    Parameters
    ----------
    **settings
        Of :func:`glf_utils.procurement_and_hunger.model.food_balance`: one number, or one for
        1957 and one for 1960.

    Returns
    -------
    float
    """
    rows = load("food_balance").set_index("year").loc[[1957, 1960]]
    before, after = food_balance(
        rows["output_million_t"].to_numpy(),
        rows["exports_million_t"].to_numpy(),
        rows["imports_million_t"].to_numpy(),
        rows["population_yearend_million"].to_numpy(),
        **settings,
    )
    return 100 * (1 - after / before)


def _stocks():
    """Million tonnes by which state stocks changed, 1956/57 and 1960/61."""

    def at(when, year):
        return one(
            "grain_national", f"series == 'state_stock_{when}' and period_end_year == {year}"
        )

    return [at("end", 1957) - at("start", 1957), at("end", 1961) - at("end", 1960)]


def with_stocks():
    """Per cent by which the food balance fell, the grain drawn from stocks counted in."""
    return fall(stock_change=_stocks())


def _left(year):
    """Million tonnes that stayed in the villages, before resale."""
    return _grown(year) - _taken(year)


def villages_lost():
    """Whether the villages lost more or less than the harvest from 1958 to 1959."""
    lost, fell = _left(1958) - _left(1959), _grown(1958) - _grown(1959)
    if abs(lost - fell) < 1:
        return "as much"
    return "more" if lost > fell else "less"


VILLAGE = {"harvest": 200, "delivered": 60, "returned": 25}
"""Tonnes of an invented village."""


def net_share():
    """Net procurement of the invented village, per cent of its harvest."""
    return 100 * (VILLAGE["delivered"] - VILLAGE["returned"]) / VILLAGE["harvest"]


# -- 42: When does a quota become hunger? --------------------------------------------------------

NEED, RATE = 220, 0.25

AS_IT_WAS = {"pressure": 0.4, "ambition": 0.5, "rivalry": 0.1, "hunger": 0.1, "rate": RATE}
"""How the invented province is governed before the student changes one thing."""

DIRECTIVES = {
    "honest reports": {"pressure": 0, "rivalry": 0, "hunger": 0},
    "rate 0.20": {"rate": 0.20},
    "target as last year": {"ambition": 0},
}
"""The orders that may be sent, and what each changes."""


DAYS = 29 + 31 + 30 + 31 + 30
"""From February to June 1960."""

BOUGHT = {"nothing": 0, "half as much": 0.5, "as much": 1, "twice as much": 2}
"""What may be thought of a purchase, beside a supply, and the ratio that it stands for."""


def _expected(year=1959):
    """A harvest, million tonnes, as the centre took it to be."""
    return believed(load("targets_and_claims"), year)["value_high"].item()


def _grown(year):
    """The harvest that grew, million tonnes."""
    return one("food_balance", f"year == {year}", "output_million_t")


def _taken(year):
    """What the state took by Lin and Yang, million tonnes."""
    return one("grain_national", f"series == 'procurement_linyang' and year == {year}")


def _share(year):
    """What the state took by Lin and Yang, as a share of the harvest."""
    return one("grain_national", f"series == 'procurement_share_linyang' and year == {year}") / 100


def _per_head(people="rural_population_million", year=1960):
    """The harvest in kg a head."""
    return per_head(load("food_balance"), people)[year]


def bearable_report():
    """How many times the harvest of 1959 a report may be when a quarter of it is taken."""
    return famine_threshold(_per_head(year=1959), NEED, RATE)


def old_rate_take():
    """Million tonnes: Lin and Yang's share of 1957, applied to the harvest expected in 1959."""
    return _share(1957) * _expected()


def bearable_rate():
    """The share of an honest report that would have left 220 kg a villager in 1960."""
    return 1 - NEED / _per_head()


def equal_rate():
    """The rate that, on the harvest believed in, takes what a quarter takes of the real one."""
    return RATE * _grown(1959) / _expected()


def lacking(**change):
    """Thousand tonnes by which communes of the invented province miss 220 kg a villager.

    Parameters
    ----------
    **change
        Settings that replace those of :data:`AS_IT_WAS`.

    Returns
    -------
    float
    """
    return invented_year(load("provincial_grain"), **AS_IT_WAS | change)["lacking"]


def less_lacking(order="honest reports"):
    """Thousand tonnes by which less is lacking after a directive.

    Parameters
    ----------
    order : str
        One of :data:`DIRECTIVES`.
    """
    return lacking() - lacking(**DIRECTIVES[order])


def same_take():
    """Where more is lacking: after honest reports, or where a lower rate takes as much."""
    year = invented_year(load("provincial_grain"), **AS_IT_WAS)
    lower = RATE * year["harvest"] / year["told to the province"]
    difference = lacking(rate=lower) - lacking(**DIRECTIVES["honest reports"])
    return "second" if difference > 0 else "first" if difference < 0 else "the same"


def reading():
    """The reading under which the net exports of 1959 and 1960 feed the course page's number."""
    claim = one("account_claims", "claim_id == 'S2-038'", "value_low")
    net = load("grain_national").query(
        "series == 'net_exports' and source == 'graintrade_press2011' and year in [1959, 1960]"
    )
    tonnes = net["value"].sum()
    return min(
        READINGS,
        key=lambda way: abs(people_fed(tonnes, READINGS[way][0], years=READINGS[way][1]) - claim),
    )


def _kueh(what, first):
    """Kueh's change since 1957, per cent, of the mean of the years from ``first`` to 1961."""
    asked = f"series == '{what}_change_since_1957_kueh' and period_start_year == {first}"
    return one("grain_national", asked)


def fields_of_two_years():
    """Per cent by which the fields of 1960 and 1961 differed from those of 1957."""
    return fewer_fields(_kueh("output", 1960), _kueh("yield", 1960))


def _exports():
    """Per cent of the excess deaths that Kasahara and Li give to the exports."""
    return one("rival_causes", "claim_id == 'exports-2020'", "share_low_percent")


def deaths_by_procurement():
    """Per cent of the excess deaths that procurement explains: exports are a quarter of it."""
    return _exports() / 0.25


def _pair():
    """The two districts of lesson 44 under quotas set beforehand."""
    return fixed_quota(expected=[400, 250], need=220, shock=0.15)


def less_for_the_state():
    """Kg by which the state would get less if it left both districts their need first."""
    return float((_pair().retained_if_flexible - _pair().retained).sum())


def exports_beside_stocks():
    """How the net exports of two years compare with the stocks used up to June 1961."""
    sizes = grain_moved(load("grain_national"))[0]
    abroad, used = (
        sizes[sizes.index.str.contains(word)].item() for word in ("net exports", "state stocks")
    )
    ratio = abroad / used
    return "about as much" if abs(ratio - 1) < 0.1 else "more" if ratio > 1 else "less"


def _team_dead():
    return one("tuanwan_1960", "group == 'deaths' and reporter == 'provincial_team'")


def _county_dead():
    return one("tuanwan_1960", "group == 'deaths' and reporter == 'county_committee'")


def _of_village(item, reporter="provincial_team"):
    """A number of the papers on Tuanwan; by the province's team, where two have counted."""
    either = f"item == '{item}' and group != 'deaths'"
    rows = load("tuanwan_1960").query(either)
    return (rows if len(rows) == 1 else rows.query(f"reporter == '{reporter}'"))["value"].item()


def _aged(reporter, groups):
    asked = f"group == 'deaths_by_age' and reporter == '{reporter}'"
    ages = load("tuanwan_1960").query(asked).set_index("item")["value"]
    return sum(ages[group] for group in groups)


def _team(*groups):
    return _aged("provincial_team", groups)


def _county(*groups):
    return _aged("county_committee", groups)


def under_50():
    """Per cent of the provincial team's dead of Tuanwan who were younger than fifty."""
    return 100 * _team("14 and under", "20-49") / _team_dead()


def village_ration():
    """State grain, jin a head and day, by the county's total from February to June 1960."""
    people = _of_village("people", "county_committee")
    return _of_village("state grain supplied Feb-June 1960") / people / DAYS


def village_kcal(energy=2800, days=DAYS):
    """Kcal a head and day of the state's grain at Tuanwan.

    Parameters
    ----------
    energy : float
        Kcal in a kg.
    days : int
        How long it had to last.

    Returns
    -------
    float
    """
    return village_ration() * DAYS / days * 0.5 * energy


def more_than_the_letter():
    """How the county's grain compares with the letter's half a jin."""
    ratio = village_ration() / _of_village("a day for an adult by the letter")
    return "about half" if abs(ratio - 1) < 0.15 else "more" if ratio > 1 else "less"


def village_account():
    """People whom the team found beyond those that an account from the harvest of 1959 gives."""
    gone = _of_village("left since 1959") - _of_village("came back January-June 1960")
    return _of_village("people") - (
        _of_village("shared in the harvest of 1959") - gone - _team_dead()
    )


def bought_back():
    """What was bought of the summer crop, beside what had been supplied."""
    supplied = _of_village("state grain supplied Feb-June 1960")
    share = _of_village("bought from the summer crop of 1960") / supplied
    return min(BOUGHT, key=lambda words: abs(BOUGHT[words] - share))


def _registered_in_shandong(year=1960):
    return one(
        "provincial_vital_rates",
        f"province == 'shandong' and series == 'registered' and year == {year}",
        "death_rate_per_1000",
    )


def carried_over():
    """Tuanwan's rate of five months over the rate of 1960 in Shandong's register."""
    return 1000 * _team_dead() / _of_village("people") / _registered_in_shandong()


# -- 43: How was the grain taken? ----------------------------------------------------------------


def _xinyang(place, item, group="grain"):
    """A value of the table of Xinyang."""
    asked = f"place == '{place}' and group == '{group}' and item == '{item}'"
    return one("xinyang_1959_60", asked)


def left_per_head():
    """Jin of the autumn crop left to each villager of Shiweizi."""
    left = _xinyang("Shiweizi", "harvested") - _xinyang("Shiweizi", "delivered")
    return left / _xinyang("Shiweizi", "people", "people")


def told_of_july():
    """Per cent of the dead Shangcheng had counted by 29 July 1960 that it reported."""
    return 100 * _on_29_july("reported") / _on_29_july("counted")


def _on_29_july(item):
    asked = f"place == 'Shangcheng' and item == '{item}' and date == '1960-07-29'"
    return one("xinyang_1959_60", asked)


def handed_down():
    """What the prefecture asked of its counties, beside what the province had asked of it."""
    asked, passed = (
        _xinyang("Xinyang prefecture", item)
        for item in ("assigned by the province", "assigned to the counties")
    )
    return "more" if passed > asked else "less" if passed < asked else "as much"


# -- 46: Whom did it reach? -----------------------------------------------------------------------


def _residence(where, year):
    """Registered deaths per thousand in towns ("city") or villages ("county")."""
    asked = f"series == 'official_{where}' and year == {year}"
    return one("national_vital_rates", asked, "death_rate_per_1000")


def _rise(where, since=1958):
    return _residence(where, 1960) - _residence(where, since)


def villages_beside_towns():
    """How many times as much registered deaths rose from 1958 to 1960 in villages as in towns."""
    return _rise("county") / _rise("city")


def reaped_beside_booked():
    """What villagers of Tuanwan reaped for themselves, a head, beside the grain on the books."""
    reaped = _of_village("reaped privately, as members reported")
    share = reaped / _of_village("people", "county_committee")
    share /= _of_village("booked ration per head from 1959 crop")
    return "half" if abs(share - 0.5) < 0.15 else "tenth" if share < 0.35 else "equal"


def _registered(years=(1957, 1958, 1959, 1960)):
    """Registered death rates by province and year, those that somebody has read."""
    read = "series == 'registered' and verification != 'unchecked'"
    rates = load("provincial_vital_rates").query(read)
    table = rates.pivot(index="province", columns="year", values="death_rate_per_1000")
    return table[list(years)].dropna()


def _worse(one_year, other):
    """In how many provinces a year had more deaths per thousand than another."""
    return int((_registered()[one_year] > _registered()[other]).sum())


RISK = {"people": 6, "victims": 5}
"""Per cent of minorities among people and, at most, among victims: Bianco (2021), abstract."""


def minority_risk(victims=RISK["victims"], people=RISK["people"]):
    """How many times as likely as a Han a member of a minority was to die, by two shares.

    Parameters
    ----------
    victims, people : float
        Per cent of minorities among the victims and among all people.

    Returns
    -------
    float
    """
    return victims / people / ((100 - victims) / (100 - people))


def inside_provinces(without=(), grouping="minority"):
    """By how much more deaths rose in one kind of county than in the other, inside provinces.

    Parameters
    ----------
    without : sequence of str
        Provinces left out.
    grouping : str
        "minority", "clans" or "distance".

    Returns
    -------
    float
        Per thousand: a mean of the provinces' differences in which a province counts by its
        counties of the first kind.
    """
    pairs = within_provinces(load("county_groups"), grouping).drop(list(without))
    return (pairs["difference"] * pairs["counties"]).sum() / pairs["counties"].sum()


def _pairs():
    return within_provinces(load("county_groups"), "minority")


# -- 47: How did it end? -------------------------------------------------------------------------


def _harvest(year, series="output_official_revised"):
    return one("grain_national", f"series == '{series}' and year == {year}")


def _townspeople(year):
    return one("investment_and_labour", f"series == 'urban_population' and year == {year}")


def fed_less():
    """Million tonnes by which the harvest that fed 1961 was below the one that fed 1960."""
    return _harvest(1959) - _harvest(1960)


def harvest_back():
    """How many years after 1960 the harvest was above that of 1957."""
    return next(years for years in range(1, 7) if _harvest(1960 + years) > _harvest(1957))


def _account(harvest="output_official_revised"):
    return villagers_account(load("grain_national"), load("investment_and_labour"), harvest)


def kept_more(harvest="output_official_revised", years=(1960, 1961)):
    """Kilograms by which a villager kept more in the second year than in the first.

    Parameters
    ----------
    harvest : str
        A series of ``grain_national``.
    years : (int, int)
        The two years, from 1960 to 1962.

    Returns
    -------
    float
    """
    kept = _account(harvest)["kept"]
    return kept[years[1]] - kept[years[0]]


def gave_most():
    """What gave a villager most from 1960 to 1961: grown, taken or mouths."""
    return STEPS[steps(_account()).loc[1961].idxmax()]


def _state(flow, year):
    return state_account(load("grain_national"))[0].loc[flow, year]


def net_take(year):
    """Million tonnes bought from villages in a year to June, less what was sold back.

    Parameters
    ----------
    year : int
        1961 or 1962, in which the year to June ends.

    Returns
    -------
    float
    """
    return _state("bought from villages", year) - _state("sold back to villages", year)


def to_be_given_up(abroad=True, towns=True):
    """Kilograms a villager would have had to give up, had ships or savings in towns been missing.

    Parameters
    ----------
    abroad, towns : bool
        Whether the grain from abroad, and what towns had less than in the year before, are to be
        replaced.

    Returns
    -------
    float
        Kg a villager in the year to June 1962.
    """
    lacking = abroad * _state("from abroad", 1962)
    lacking += towns * (_state("sold in towns", 1961) - _state("sold in towns", 1962))
    return 1000 * lacking / _account()["villagers"][1961]


def _of_recovery(item, column="value", place="anhui"):
    return one("recovery_1961_65", f"item == '{item}' and place == '{place}'", column)


def _teams():
    """Thousands of teams put right, their share, teams without fields, their share."""
    return (
        _of_recovery("teams put right again", "value_low") / 1000,
        _of_recovery("share of the teams that had had the fields, put right again") / 100,
        _of_recovery("teams without the fields", "value_low") / 1000,
        _of_recovery("teams without the fields, share of all") / 100,
    )


def once_contracted():
    """Per cent of Anhui's teams that had ever let households answer for fields."""
    right, of_those, without, of_all = _teams()
    return 100 * (right / of_those) / (without / of_all)


EXERCISES = [
    Exercise(
        id="41.1",
        name="ration_kcal",
        kind=float,
        expected=ration_kcal,
        unit="kcal a day",
        hints=(
            "Which kind of grain does the directive count for villagers, and what does a kilogram "
            "of that kind hold?",
            "A ration is what is to be eaten: seed and waste have come off before.",
            "Kilograms times kilocalories a kilogram, spread over the days of a year.",
        ),
        after="Counted as if milled, the same 150 kg would hold 1,397: a fifth more on paper, and "
        "not a spoonful more in the bowl.",
        slips=(
            *_slips(
                "That counts the ration as milled grain; the directive gives it to villagers raw.",
                lambda: energy_per_day(_ration(), 3400),
            ),
            *_slips(
                "That takes seed, fodder and waste off; a ration is what is left to eat.",
                lambda: energy_per_day(_ration(), lost=0.18),
            ),
            *_slips(
                "That is a whole year's energy; the question asks for a day's.",
                lambda: 365 * ration_kcal(),
            ),
            *_slips(
                "That is a month's energy; the question asks for a day's.",
                lambda: 365 * ration_kcal() / 12,
            ),
            *_slips(
                "That is the weight of a day's ration; the question asks for its energy.",
                lambda: _ration() / 365,
                lambda: 1000 * _ration() / 365,
            ),
            *_slips(
                "That takes the 150 for jin of half a kilogram, or doubles them; they are "
                "kilograms.",
                lambda: ration_kcal() / 2,
                lambda: 2 * ration_kcal(),
            ),
            *_slips(
                "That is what the whole harvest of 1957 left a person; the question is about the "
                "ration of 1960.",
                lambda: food_balance(195.05, 2.09, 0.17, 646.5),
            ),
            *_slips(
                "That is the ration south of the Huai; the question asks about the north.",
                lambda: energy_per_day(_ration("huai_to_pearl_river")),
            ),
        ),
    ),
    Exercise(
        id="41.2",
        name="fall_if_only_1960",
        kind=float,
        expected=lambda: fall(waste=[0.04, 0.10]),
        unit="per cent",
        hints=(
            "What took the same share in both years dropped out. Does it still?",
            "Work out 1957 with a waste of 0.04 and 1960 with a waste of 0.10; `waste` takes a "
            "list, too.",
            "Then one minus after over before, times 100, as in the cell above.",
        ),
        after="An error that enters both years alike leaves the fall alone; one that enters a "
        "single year moves it by five points.",
        slips=(
            *_slips(
                "That has the same waste in both years; here only 1960 wastes more.",
                lambda: fall(),
                lambda: fall(waste=0.10),
            ),
            *_slips(
                "That gives the larger waste to 1957; the question gives it to 1960.",
                lambda: fall(waste=[0.10, 0.04]),
            ),
            *_slips(
                "That is what is left in 1960, in per cent of 1957; the fall is the rest of 100.",
                lambda: 100 - fall(waste=[0.04, 0.10]),
            ),
            *_slips(
                "That is the food of 1960 in kcal a day; the question asks by how many per cent "
                "it fell.",
                lambda: food_balance(143.5, 2.72, 0.07, 662.1, waste=0.10),
            ),
            *_slips(
                "That is the fall in kcal a day; the question asks for per cent.",
                lambda: (
                    food_balance(195.05, 2.09, 0.17, 646.5)
                    - food_balance(143.5, 2.72, 0.07, 662.1, waste=0.10)
                ),
            ),
            *_slips(
                "That measures the fall against 1960; a fall is measured against where it began.",
                lambda: 100 * (1 / (1 - fall(waste=[0.04, 0.10]) / 100) - 1),
            ),
            *_slips(
                "That adds the six points of waste to the fall; they come off the harvest before "
                "the two years are compared.",
                lambda: fall() + 6,
            ),
            *_slips(
                "That is the fall of the whole harvest; the question asks for the grain to eat, a "
                "head.",
                lambda: 100 * (1 - _grown(1960) / _grown(1957)),
            ),
        ),
    ),
    Exercise(
        id="41.3",
        name="fall_with_stocks",
        kind=float,
        expected=with_stocks,
        unit="per cent",
        hints=(
            "In both years stocks shrank, so grain left the stores and could be eaten.",
            "`stock_change` is what was *added* to stocks: negative when they shrank. It takes a "
            "list of two.",
            "Subtract the start from the end of each year, put both into `stock_change`, and work "
            "out the fall as before.",
        ),
        after="Stocks do not take a share of the harvest, so they do not cancel: counting them in "
        "makes the fall smaller by nearly three points.",
        slips=(
            *_slips(
                "That leaves the stocks out, as the section above did.",
                lambda: fall(),
            ),
            *_slips(
                "That puts grain into the stores; in both years it came out of them, so the change "
                "is negative.",
                lambda: fall(stock_change=[-change for change in _stocks()]),
            ),
            *_slips(
                "That counts the stocks of 1960 alone; those before the harvest of 1957 shrank "
                "too.",
                lambda: fall(stock_change=[0, _stocks()[1]]),
            ),
            *_slips(
                "That counts the stocks of 1957 alone; those of 1960 shrank too.",
                lambda: fall(stock_change=[_stocks()[0], 0]),
            ),
            *_slips(
                "That gives each year the other's change in stocks.",
                lambda: fall(stock_change=_stocks()[::-1]),
            ),
            *_slips(
                "That is what is left in 1960, in per cent of 1957; the fall is the rest of 100.",
                lambda: 100 - with_stocks(),
            ),
            *_slips(
                "That counts one year's change in both years.",
                lambda: fall(stock_change=_stocks()[1]),
                lambda: fall(stock_change=_stocks()[0]),
            ),
            *_slips(
                "That is what the stores still held; the question takes what left them.",
                lambda: fall(stock_change=[-18.3, -8.2]),
                lambda: fall(stock_change=[-21.35, -14.8]),
            ),
        ),
    ),
    Exercise(
        id="41.4",
        name="net_share",
        kind=float,
        expected=net_share,
        unit="per cent",
        hints=(
            "Net means: what was taken, less what came back.",
            "Work it out in tonnes first, then as a share of the harvest.",
            "A share of the harvest in per cent is 100 times tonnes over the harvest.",
        ),
        after="In the net account the village gave up little more than a sixth. From November to "
        "March it had to live on 140 of its 200 tonnes.",
        slips=(
            *_slips(
                "That is the gross share: what came back has not been taken off.",
                lambda: 30,
            ),
            *_slips("That is the share that came back.", lambda: 12.5),
            *_slips(
                "That is what came back as a share of what was taken; the question asks for a "
                "share of the harvest.",
                lambda: 100 * 25 / 60,
            ),
            *_slips(
                "That is net over gross; the question asks for a share of the harvest.",
                lambda: 100 * 35 / 60,
            ),
            *_slips("That is what the village kept in the end.", lambda: 82.5),
            *_slips("That is what the village had in the winter.", lambda: 70),
            *_slips(
                "That is in tonnes; the question asks for per cent of the harvest.",
                lambda: 35,
            ),
            *_slips(
                "That adds what came back to what was taken; it is to be taken off.",
                lambda: 42.5,
            ),
            *_slips(
                "That divides by what stayed in the village; the share is of the whole harvest.",
                lambda: 100 * 35 / 140,
                lambda: 100 * 35 / 165,
            ),
        ),
    ),
    Exercise(
        id="42.1",
        name="bearable_rate",
        kind=float,
        expected=bearable_rate,
        unit="a share, between 0 and 1",
        hints=(
            "An honest report means that the ratio of report to truth is 1.",
            "Put 1 for λ* into the formula and solve for τ: the top of the fraction stays.",
            "The top of the fraction is one minus need over harvest; take the harvest a villager "
            "of 1960 from the table.",
        ),
        after="Less than a fifth, where Lin and Yang record about a third taken.",
        slips=(
            Slip(
                lambda: 1 - 220 / _per_head("population_yearend_million", 1960),
                "That divides the harvest among all inhabitants; the question asks about "
                "villagers.",
            ),
            Slip(
                lambda: (1 - 220 / _per_head()) / 0.25,
                "That is the bearable exaggeration λ* at the old rate; here λ* is set, and the "
                "rate is asked for.",
            ),
            Slip(
                lambda: 220 / _per_head(),
                "That is the share that must stay; the question asks for the share that may be "
                "taken.",
            ),
            Slip(
                lambda: 1 - 220 / _per_head(year=1959),
                "That is the rate for 1959; the question asks about 1960.",
            ),
            Slip(
                lambda: 1 - 220 / _per_head(year=1958),
                "That is the rate for 1958; the question asks about 1960.",
            ),
            Slip(
                lambda: 1 - 220 / _per_head(year=1957),
                "That is the rate for 1957; the question asks about 1960.",
            ),
            Slip(
                lambda: 0.25,
                "That is the old rate, which even on honest reports left less than 220 kg in 1960.",
            ),
            Slip(
                lambda: _per_head() - 220,
                "That is the kilograms a head that could be taken; the question asks for a "
                "share of the harvest.",
            ),
            Slip(
                lambda: _per_head() / 220 - 1,
                "That sets what may be taken against the need; a rate is a share of the harvest.",
            ),
            Slip(
                lambda: _share(1960),
                "That is the share that was taken in 1960; the question asks which could have "
                "been borne.",
            ),
            Slip(
                lambda: 1 - 220 / _per_head("population_yearend_million", 1959),
                "That divides the harvest of 1959 among all inhabitants; the question asks "
                "about villagers of 1960.",
            ),
        ),
    ),
    Exercise(
        id="42.2",
        name="old_rate_take",
        kind=float,
        expected=old_rate_take,
        unit="million tonnes",
        tolerance=0.005,
        hints=(
            "A share times a harvest. Whose harvest: the one that grew, or the one expected?",
            "The share of 1957 is what was taken in 1957 over what grew in 1957.",
            "Multiply that share by the ministry's figure, in million tonnes.",
        ),
        after="Lin and Yang record 64.1 taken. The old rate, applied to the believed harvest, "
        "comes within a million tonnes of it.",
        slips=(
            Slip(
                lambda: _share(1957) * _grown(1959),
                "That takes the old share of the harvest that *grew*; the question takes it of "
                "the harvest expected.",
            ),
            Slip(
                lambda: 0.25 * _expected(),
                "That takes a round quarter; the question takes the share of 1957 by Lin and Yang.",
            ),
            Slip(
                lambda: _taken(1959),
                "That is what Lin and Yang record as taken in 1959; the question supposes the "
                "share of 1957.",
            ),
            Slip(
                lambda: _taken(1957),
                "That is the grain taken in 1957; the question takes that year's share, but of "
                "another harvest.",
            ),
            Slip(
                lambda: _share(1959) * _expected(),
                "That takes the share of 1959; the question takes that of 1957.",
            ),
            Slip(
                lambda: _share(1958) * _expected(),
                "That takes the share of 1958; the question takes that of 1957.",
            ),
            Slip(
                lambda: (
                    one("grain_national", "series == 'procurement_gross_yearbook' and year == 1957")
                    / _grown(1957)
                    * _expected()
                ),
                "That is the yearbook's gross series; the question takes Lin and Yang's.",
            ),
            Slip(
                lambda: (
                    one("grain_national", "series == 'procurement_net_yearbook' and year == 1957")
                    / _grown(1957)
                    * _expected()
                ),
                "That is the yearbook's net series; the question takes Lin and Yang's.",
            ),
            Slip(
                lambda: _share(1957),
                "That is the share of 1957; the question asks how many tonnes it comes to.",
            ),
            Slip(
                lambda: (1 - _share(1957)) * _expected(),
                "That is what would have been left; the question asks what would have been taken.",
            ),
            Slip(
                lambda: (
                    _taken(1957)
                    / one("grain_national", "series == 'output_contemporary_1957_basis'")
                    * _expected()
                ),
                "That leaves soybeans out of the harvest of 1957; Lin and Yang's share has them "
                "in.",
            ),
            Slip(
                lambda: _taken(1957) / _grown(1958) * _expected(),
                "That divides the grain of one year by the harvest of the next; a share belongs "
                "to one year.",
            ),
            Slip(
                lambda: _share(1957) * _grown(1958),
                "That takes the share of the harvest of 1958; the question takes it of the one "
                "expected for 1959.",
            ),
        ),
    ),
    Exercise(
        id="42.3",
        name="equal_rate",
        kind=float,
        expected=equal_rate,
        unit="a share, between 0 and 1",
        hints=(
            "What is taken is rate times report. With honest reports, what is that product?",
            "The product must stay the same while the report is 1.62 times as large.",
            "Divide the old rate by the ratio of belief to harvest.",
        ),
        after="Less than two thirds of the old rate: a cut by a fifth would not have made up for "
        "the exaggeration.",
        slips=(
            Slip(
                lambda: 0.25 * _expected() / _grown(1959),
                "That is a higher rate than before; reports that are too high want a lower one.",
            ),
            Slip(
                lambda: 0.20,
                "That is the rate of a fifth from the cell above, which left 210 kg, less than "
                "honest reports did.",
            ),
            Slip(
                lambda: 0.25,
                "That is the old rate, which on these reports left 184 kg, less than honest "
                "reports did.",
            ),
            Slip(
                lambda: 0.25 - equal_rate(),
                "That is the size of the cut; the question asks for the rate that remains.",
            ),
            Slip(
                lambda: _grown(1959) / _expected(),
                "That is the harvest over the belief, not yet a rate.",
            ),
            Slip(
                lambda: _expected() / _grown(1959),
                "That is the belief over the harvest, not yet a rate.",
            ),
            Slip(
                lambda: 0.25 * (1 - 0.25 * _expected() / _grown(1959)) / (1 - 0.25),
                "That changes the rate in proportion to the kilograms left; the grain taken is "
                "what must be equal.",
            ),
            Slip(
                lambda: 1 - 0.25,
                "That is the share that honest reports leave; the question asks for the rate "
                "that leaves as much.",
            ),
            Slip(
                lambda: 0.25 * _grown(1958) / _expected(1958),
                "That uses the belief of 1958; in 1959 reports were further from the harvest.",
            ),
        ),
    ),
    Exercise(
        id="42.4",
        name="less_lacking",
        kind=float,
        expected=less_lacking,
        unit="thousand tonnes",
        hints=(
            "The cell as it stands prints what is lacking as it was: write that down.",
            "Set pressure, rivalry and hunger to 0, all three; leave rate and ambition.",
            "The first number less the second.",
        ),
        after="Nearly two thirds of what was lacking. The rest would be lacking with honest "
        "reports too: where little grew, a quarter of it is too much. In this invented province; "
        "try other rates.",
        slips=(
            *_slips(
                "That is what is lacking as it was; the question asks by how much it falls.",
                lambda: lacking(),
            ),
            *_slips(
                "That is what is still lacking; the question asks by how much it fell.",
                lambda: lacking(**DIRECTIVES["honest reports"]),
            ),
            *_slips(
                "The size is right; by how much *less* is written without a minus.",
                lambda: -less_lacking(),
            ),
            *_slips(
                "That sets the pressure alone to 0; the order sets three things to 0.",
                lambda: lacking() - lacking(pressure=0),
                lambda: lacking(pressure=0),
            ),
            *_slips(
                "That is another order, the lower rate.",
                lambda: less_lacking("rate 0.20"),
                lambda: lacking(rate=0.20),
            ),
            *_slips(
                "That is another order, the target as last year.",
                lambda: less_lacking("target as last year"),
                lambda: lacking(ambition=0),
            ),
            *_slips(
                "That is in per cent; the question asks for thousand tonnes.",
                lambda: 100 * less_lacking() / lacking(),
            ),
            *_slips(
                "That is the share that is left; the question asks for thousand tonnes.",
                lambda: lacking(**DIRECTIVES["honest reports"]) / lacking(),
            ),
            *_slips(
                "That sends two orders at once; send honest reports alone.",
                lambda: lacking() - lacking(**DIRECTIVES["honest reports"] | {"rate": 0.20}),
            ),
        ),
    ),
    Exercise(
        id="43.1",
        name="left_per_head",
        kind=float,
        expected=left_per_head,
        unit="jin",
        hints=(
            "What was left is what was harvested without what was delivered.",
            "Share it among all the people of the brigade, children too.",
            "Both figures for grain, and the people, are in the table just above.",
        ),
        after="Some eight kilograms a head, until the wheat of June. The paper says that less than "
        "ten jin, 9 jin 13 liang, were eaten; where the rest went it does not say.",
        slips=(
            *_slips(
                "That is what was harvested for each; a part of it was delivered.",
                lambda: (
                    _xinyang("Shiweizi", "harvested") / _xinyang("Shiweizi", "people", "people")
                ),
            ),
            *_slips(
                "That is what was delivered for each; the question asks what was left.",
                lambda: (
                    _xinyang("Shiweizi", "delivered") / _xinyang("Shiweizi", "people", "people")
                ),
            ),
            *_slips(
                "That is what was left in the whole brigade; share it among its people.",
                lambda: _xinyang("Shiweizi", "harvested") - _xinyang("Shiweizi", "delivered"),
            ),
            *_slips(
                "That takes the task away; only what was delivered had left the brigade.",
                lambda: (
                    (_xinyang("Shiweizi", "harvested") - _xinyang("Shiweizi", "assigned"))
                    / _xinyang("Shiweizi", "people", "people")
                ),
                lambda: (
                    (_xinyang("Shiweizi", "assigned") - _xinyang("Shiweizi", "harvested"))
                    / _xinyang("Shiweizi", "people", "people")
                ),
                lambda: (
                    (_xinyang("Shiweizi", "assigned") - _xinyang("Shiweizi", "delivered"))
                    / _xinyang("Shiweizi", "people", "people")
                ),
            ),
            *_slips(
                "That is Shuanghe; the question asks about Shiweizi.",
                lambda: (
                    (_xinyang("Shuanghe", "harvested") - _xinyang("Shuanghe", "delivered"))
                    / _xinyang("Shuanghe", "people", "people")
                ),
                lambda: _xinyang("Shuanghe", "left") / _xinyang("Shuanghe", "people", "people"),
                5.0,
            ),
            *_slips(
                "That is what people ate of it, by the paper; the question asks what was left.",
                lambda: _xinyang("Shiweizi", "eaten, a head"),
            ),
            *_slips(
                "That is in kilograms; the question asks for jin.", lambda: left_per_head() / 2
            ),
            *_slips(
                "Jin to kilograms halves the number; here nothing need be changed.",
                lambda: left_per_head() * 2,
            ),
            *_slips(
                "That divides by the people of Shuanghe; Shiweizi has its own.",
                lambda: (
                    (_xinyang("Shiweizi", "harvested") - _xinyang("Shiweizi", "delivered"))
                    / _xinyang("Shuanghe", "people", "people")
                ),
            ),
            *_slips(
                "That divides by those who lived; the crop was to feed all who were there.",
                lambda: (
                    (_xinyang("Shiweizi", "harvested") - _xinyang("Shiweizi", "delivered"))
                    / (_xinyang("Shiweizi", "people", "people") - 240)
                ),
            ),
            *_slips(
                "That is people for a jin; turn the division round.",
                lambda: 1 / left_per_head(),
            ),
        ),
    ),
    Exercise(
        id="43.2",
        name="told_of_july",
        kind=float,
        expected=told_of_july,
        unit="per cent",
        hints=(
            "Two numbers of one day: counted and reported.",
            "The question asks what part of the counted was reported.",
            "Divide what was reported by what was counted, and multiply by 100.",
        ),
        after="Half. Two months earlier the same county had reported every one of the 25,291 it "
        "had counted. Why it went back, the paper does not say.",
        slips=(
            *_slips(
                "That is the part kept back; the question asks for the part reported.",
                lambda: 100 - told_of_july(),
            ),
            *_slips(
                "That is counted over reported; turn the division round.",
                lambda: 10_000 / told_of_july(),
                lambda: 100 / told_of_july(),
            ),
            *_slips(
                "That is the number kept back; the question asks for a percentage.",
                lambda: _on_29_july("counted") - _on_29_july("reported"),
            ),
            *_slips(
                "That is a share; the question asks for per cent.", lambda: told_of_july() / 100
            ),
            *_slips(
                "That is the report of another day over July's count.",
                lambda: 100 * 25_291 / _on_29_july("counted"),
                lambda: 100 * 13_498 / _on_29_july("counted"),
                lambda: 100 * 4_777 / _on_29_july("counted"),
                lambda: 100 * 44_756 / _on_29_july("counted"),
            ),
            *_slips(
                "That is 6 May; the question asks about 29 July.",
                lambda: 100 * 13_498 / 24_554,
            ),
            *_slips(
                "That divides by the last count, of November; take the count of 29 July.",
                lambda: 100 * _on_29_july("reported") / 55_800,
            ),
            *_slips(
                "That divides by August's count; take that of 29 July.",
                lambda: 100 * _on_29_july("reported") / 34_216,
                lambda: 100 * _on_29_july("reported") / 44_756,
            ),
            *_slips(
                "That is a number of people; the question asks for a percentage.",
                lambda: _on_29_july("reported"),
                lambda: _on_29_july("counted"),
            ),
        ),
    ),
    Exercise(
        id="43.3",
        name="missing_number",
        kind=str,
        expected=lambda: "others",
        choices=("villagers", "others", "grain", "dead"),
        hints=(
            "12 of the 27 who killed bore a label. Is that many?",
            "It depends on how common the labels were among cadres who did not kill.",
            "The paper speaks of 38 cadres and labels only those of the 27.",
        ),
        after="If five of the other 11 bore one too, the label tells nothing: 12 of 27 and 5 of 11 "
        "are nearly the same share. If none did, it tells much. The paper labels only the killers.",
        slips=(
            *_slips(
                "That measures how much was beaten, by all 38 together; it does not part those "
                "with a label from those without.",
                "villagers",
            ),
            *_slips(
                "That tells whether the searches had a ground, not who was ready to kill.",
                "grain",
            ),
            *_slips(
                "Hunger killed under all of them; the question is about those who struck.",
                "dead",
            ),
        ),
    ),
    Exercise(
        id="44.1",
        name="may_write",
        kind=str,
        expected=lambda: one("rival_causes", "claim_id == 'diversion-2005'", "question"),
        choices=("harvest", "deaths", "weather", "places"),
        hints=(
            "Read the sentence of Li and Yang once more: 61 per cent of what?",
            "A share of one thing says nothing about another: neither about people nor about maps.",
            "What two causes leave over may be due to many others, and not to one that you choose.",
        ),
        after="Their number is about tonnes; a draft of 2001 had over 80 per cent for the same "
        "harvests. What they give to the weather we have not read, and the other 39 per cent are "
        "not all weather's: animals, tools, tired people, bad seed.",
        slips=(
            Slip("deaths", "Their share is of tonnes that did not grow, not of people."),
            Slip(
                "weather",
                "They leave 39 per cent to everything else, of which weather is only one.",
            ),
            Slip(
                "places",
                "Their share is of the fall in the whole country, not of differences within it.",
            ),
        ),
    ),
    Exercise(
        id="44.2",
        name="fields",
        kind=float,
        expected=fields_of_two_years,
        unit="per cent, below 0 for a fall",
        hints=(
            "A harvest is fields times yield, so fields are harvest over yield.",
            "Turn each fall into what is left of 1957 before you divide: 25 less is 0.75.",
            "Divide what is left of the harvest by what is left of the yield, take 1 away, and "
            "multiply by 100.",
        ),
        after="In the two worst years fewer fields made about a third of the loss, poorer yields "
        "the rest.",
        slips=(
            Slip(
                lambda: _kueh("output", 1960) - _kueh("yield", 1960),
                "That takes one fall from the other; but the harvest is a product, so divide.",
            ),
            Slip(
                lambda: _kueh("output", 1960) + _kueh("yield", 1960),
                "That adds the falls; the fall of the yield is a part of the fall of the harvest.",
            ),
            Slip(
                lambda: -fields_of_two_years(),
                "That is the right size; a fall is written with a minus.",
            ),
            Slip(
                lambda: fewer_fields(_kueh("output", 1959), _kueh("yield", 1959)),
                "That is the answer for all three years; the question is about 1960 and 1961.",
            ),
            Slip(
                lambda: fewer_fields(_kueh("yield", 1960), _kueh("output", 1960)),
                "That divides what is left of the yield by what is left of the harvest: the wrong "
                "way round.",
            ),
            Slip(
                lambda: 100 + fields_of_two_years(),
                "That is what was left of the fields; the question asks for the change.",
            ),
            Slip(
                lambda: 1 + fields_of_two_years() / 100,
                "That is what was left of the fields, as a share; the question asks for the "
                "change, in per cent.",
            ),
            Slip(
                lambda: 100 * (_kueh("output", 1960) / _kueh("yield", 1960) - 1),
                "That divides the two falls; divide what is *left* of each.",
            ),
            Slip(
                lambda: 100 * _kueh("yield", 1960) / _kueh("output", 1960),
                "That is the one fall over the other; divide what is *left* of each.",
            ),
            Slip(
                lambda: -100 * (1 - 0.75 * 0.82),
                "That multiplies what is left of the two; the harvest holds the yield already, so "
                "divide.",
            ),
            Slip(
                lambda: fewer_fields(_kueh("output", 1960), _kueh("yield", 1959)),
                "That mixes the two periods: take both falls of 1960 and 1961.",
            ),
        ),
    ),
    Exercise(
        id="44.3",
        name="reading",
        kind=str,
        expected=reading,
        choices=tuple(READINGS),
        hints=(
            "Two things are left open in the sentence: the state of the grain and the time.",
            "The cell above is for both years and unhusked grain. Put 3400 for 2800, or 1 for 2 "
            "years, and run it again.",
            "For one year the numbers double. Which of the four comes nearest to 16 million?",
        ),
        after="Under that reading the number comes out, which does not show that it was meant: how "
        "much of the exports was milled, or was soybeans, we have not read. Read otherwise, they "
        "feed from 13 to 32 million.",
        slips=(
            Slip(
                "unhusked, both years",
                "Grain in its husk holds fewer calories: over two years it feeds some 13 "
                "million, fewer than the course page has.",
            ),
            Slip(
                "unhusked, one year",
                "In a single year the exports feed many more people than the course page's 16 "
                "million.",
            ),
            Slip(
                "milled, one year",
                "In a single year the exports feed many more people than the course page's 16 "
                "million.",
            ),
        ),
    ),
    Exercise(
        id="44.4",
        name="procurement",
        kind=float,
        expected=deaths_by_procurement,
        unit="per cent of the excess deaths",
        hints=(
            "The exports are a quarter of something. Of what?",
            "If a quarter of it is 15, how large is the whole of it?",
            "Four quarters make the whole.",
        ),
        after="An earlier version of their work prints 59, with 12 for exports and 45 for smaller "
        "harvests: more than 100 together. Each says what undoing that one thing would have "
        "spared; and grain that is exported must first be procured.",
        slips=(
            Slip(
                lambda: _exports() / 4,
                "That is a quarter of the exports' share; the exports are the quarter.",
            ),
            Slip(
                lambda: _exports() + 25,
                "That adds a share of deaths and a quarter of another share; a quarter is a ratio.",
            ),
            Slip(
                lambda: 100 - _exports(),
                "That gives procurement all that the exports leave; the abstract says no such "
                "thing.",
            ),
            Slip(
                lambda: 25.0,
                "That is the ratio of the two, not a share of the deaths.",
            ),
            Slip(
                lambda: 5 * _exports(),
                "That counts the exports a second time, on top of what procurement explains.",
            ),
            Slip(
                lambda: 3 * _exports(),
                "That leaves the exports out of what procurement explains; the abstract sets them "
                "against the whole of it.",
            ),
            Slip(
                lambda: _exports(),
                "That is the exports' own share, as printed.",
            ),
            Slip(
                lambda: 4 * one("rival_causes", "claim_id == 'exports-talk'", "share_low_percent"),
                "That starts from an earlier version of the paper; take the one of 2020.",
            ),
        ),
    ),
    Exercise(
        id="44.5",
        name="less_for_the_state",
        kind=float,
        expected=less_for_the_state,
        unit="kg, from the two heads together",
        hints=(
            "First, what does the state get by the quotas? Two numbers, one for each district.",
            "Then, what lies above 220 kg in each real harvest? Below it there is nothing to take.",
            "Take the second sum from the first.",
        ),
        after="That is the flexibility that was missing. Somebody else must then eat less: towns, "
        "stores, or buyers abroad.",
        slips=(
            Slip(
                lambda: _pair().retained_if_flexible[0] - _pair().retained[0],
                "That is the richer district alone; the poorer one was taxed below its need too.",
            ),
            Slip(
                lambda: _pair().retained_if_flexible[1] - _pair().retained[1],
                "That is the poorer district alone; the richer one was taxed below its need too.",
            ),
            Slip(
                lambda: 650 - _pair().harvest.sum(),
                "That is the grain that failed to grow, or what the state would lose if it also "
                "gave the poorer district what it lacks.",
            ),
            Slip(
                lambda: (_pair().harvest - _pair().retained_if_flexible).sum(),
                "That is what the state would still get; the question asks how much less that is.",
            ),
            Slip(
                lambda: _pair().quota.sum(),
                "That is what the quotas take; the question asks how much less it would be.",
            ),
            Slip(
                lambda: less_for_the_state() / 2,
                "That is the mean of the two; the question takes both together.",
            ),
            Slip(
                lambda: _pair().retained.sum(),
                "That is what the two keep under the quotas; the question is about the state.",
            ),
            Slip(
                lambda: _pair().retained_if_flexible.sum(),
                "That is what the two would keep; the question is about the state.",
            ),
            Slip(
                lambda: -less_for_the_state(),
                "That is the right size; how much *less* is written without a minus.",
            ),
        ),
    ),
    Exercise(
        id="45.1",
        name="under_50",
        kind=float,
        expected=under_50,
        unit="per cent",
        hints=(
            "Only the rows of the provincial team count; the county used other age groups.",
            "Two of the team's four groups lie below fifty. Add them.",
            "Divide by all deaths the team counted, and multiply by 100.",
        ),
        after="In the county's report it was 7 per cent. Neither report names infants, whose "
        "deaths are the likeliest to be missed.",
        slips=(
            Slip(
                lambda: (
                    100
                    * _county("1-10", "about 30")
                    / one("tuanwan_1960", "group == 'deaths' and reporter == 'county_committee'")
                ),
                "That is the county's share; the question asks for the team's.",
            ),
            Slip(
                lambda: 100 * _team("14 and under") / _team_dead(),
                "That is the children alone; those from twenty on were under fifty too.",
            ),
            Slip(
                lambda: 100 * _team("20-49") / _team_dead(),
                "That is the adults alone; the children were under fifty too.",
            ),
            Slip(
                lambda: _team("14 and under", "20-49"),
                "That is the number of people; the question asks what percentage of the dead "
                "they were.",
            ),
            Slip(
                lambda: (
                    100
                    * _team("14 and under", "20-49")
                    / one("tuanwan_1960", "group == 'deaths' and reporter == 'county_committee'")
                ),
                "That divides the team's number by the county's dead; both must come from one "
                "list.",
            ),
            Slip(
                lambda: (
                    100
                    * _team("14 and under", "20-49")
                    / one("tuanwan_1960", "group == 'deaths' and reporter == 'letter'")
                ),
                "That divides by the number in the letter; the question asks about the team's "
                "dead.",
            ),
            Slip(
                lambda: 100 * _team("14 and under", "20-49", "50-69") / _team_dead(),
                "That takes the people from 50 to 69 in as well.",
            ),
            Slip(
                lambda: (
                    100
                    * _team("14 and under", "20-49")
                    / one("tuanwan_1960", "item == 'people' and reporter == 'provincial_team'")
                ),
                "That is a share of all inhabitants; the question asks for a share of the dead.",
            ),
            Slip(
                lambda: (
                    100
                    * _team("14 and under", "20-49")
                    / (_team_dead() - one("tuanwan_1960", "item == 'not yet established'"))
                ),
                "That divides by those whose cause was established; the question takes all of "
                "the team's dead.",
            ),
            Slip(
                lambda: 100 * one("tuanwan_1960", "item == 'female'") / _team_dead(),
                "That is the share of women; the question asks about age.",
            ),
        ),
    ),
    Exercise(
        id="45.2",
        name="kcal_a_day",
        kind=float,
        expected=village_kcal,
        unit="kcal a head and day",
        tolerance=0.02,
        hints=(
            "Start from the jin a head and day of the state's grain, in the table above.",
            "A jin is half a kilogram.",
            "Kilograms a day, times the 2,800 kcal that a kilogram holds.",
        ),
        after="About two thirds of the 1,151 kcal in the ration of September 1960 (lesson 41). A "
        "year of it would come to 97 kg a head; a book on China's grain puts survival at 125. What "
        "else was eaten, greens and what families had kept, stands on no books.",
        slips=(
            Slip(
                lambda: 2 * village_kcal(),
                "That takes a jin for a kilogram; it is half of one.",
            ),
            Slip(
                lambda: village_kcal(energy=3400),
                "That is the energy of milled grain; the question takes it as harvested.",
            ),
            Slip(
                lambda: 0.25 * 2800,
                "That starts from the letter's half a jin; the question starts from what the "
                "county supplied.",
            ),
            Slip(
                lambda: 0.5 * 2800,
                "That takes the letter's half a jin, and a jin for a kilogram.",
            ),
            Slip(
                lambda: village_kcal(days=182),
                "That spreads the grain over six months; the county supplied it from February on.",
            ),
            Slip(
                lambda: village_kcal(days=365),
                "That spreads the grain over a year; it was supplied from February to June.",
            ),
            Slip(
                lambda: village_kcal(days=30),
                "That gives all of it out in one month; it was supplied over five.",
            ),
            Slip(
                lambda: 151 * village_kcal(),
                "That is for the five months together; the question asks about a day.",
            ),
            Slip(
                lambda: village_kcal() / 2800,
                "That is kilograms a day; the question asks for their energy.",
            ),
            Slip(
                lambda: 2 * village_kcal() / 2800,
                "That is jin a day; the question asks for their energy.",
            ),
            Slip(
                lambda: _of_village("booked ration per head from 1959 crop") / 2 / 365 * 2800,
                "That is the grain on the books from the crop of 1959, over a year; the question "
                "takes the state's grain.",
            ),
            Slip(
                lambda: 4 * village_kcal(),
                "That doubles where a jin has to be halved.",
            ),
            Slip(
                lambda: village_kcal() / 2,
                "That halves twice; a jin is half a kilogram, once.",
            ),
        ),
    ),
    Exercise(
        id="45.3",
        name="unexplained",
        kind=float,
        expected=village_account,
        unit="people",
        hints=(
            "Write it as an account: who was there, less who went, plus who came.",
            "Two of the five numbers are taken away from those who shared in the harvest, one "
            "is added.",
            "The last step: what the team found, less what the account gives.",
        ),
        after="That is close, and it proves little: the account has no births, none of the dead "
        "of 1959, and its numbers come from two offices and from different days.",
        slips=(
            Slip(
                lambda: -village_account(),
                "The size is right and the sign is turned: what the team found comes first.",
            ),
            Slip(
                lambda: village_account() + _of_village("came back January-June 1960"),
                "That leaves out those who came back.",
            ),
            Slip(
                lambda: village_account() - _team_dead(),
                "That leaves out the dead.",
            ),
            Slip(
                lambda: village_account() - _of_village("left since 1959"),
                "That leaves out those who left.",
            ),
            Slip(
                lambda: (
                    village_account()
                    - _of_village("left since 1959")
                    + _of_village("left Jan-May 1960")
                ),
                "That takes only those who left in 1960; the account starts with the harvest of "
                "1959.",
            ),
            Slip(
                lambda: village_account() + _of_village("left Jan-May 1960"),
                "That takes those who left in 1960 away twice; they are among those who left "
                "since 1959.",
            ),
            Slip(
                lambda: village_account() - _team_dead() + _county_dead(),
                "That takes the county's dead; the question asks for the team's.",
            ),
            Slip(
                lambda: _of_village("shared in the harvest of 1959") - _of_village("people"),
                "That is by how many the village was smaller; part of it the account explains.",
            ),
            Slip(
                lambda: _of_village("people") - village_account(),
                "That is what the account gives; take it from what the team found.",
            ),
            Slip(
                lambda: (
                    village_account()
                    + _of_village("people", "county_committee")
                    - _of_village("people")
                ),
                "That ends with the people whom the county counted; the question asks for the "
                "team's.",
            ),
            Slip(
                lambda: village_account() + 2 * _of_village("came back January-June 1960"),
                "That takes those who came back away; they are to be added.",
            ),
        ),
    ),
    Exercise(
        id="45.4",
        name="times",
        kind=float,
        expected=carried_over,
        unit="times",
        hints=(
            "Both are shares of the people there were: so the number of people in Shandong "
            "falls out.",
            "Put both in the same unit: of Tuanwan's people 159 in 3,067, of Shandong's by the "
            "register 23.6 in 1,000.",
            "Divide the first share by the second.",
        ),
        after="In five months more than twice what the register has for twelve. Tuanwan stands "
        "in the record because so many died there; and the register may be too small for the "
        "reason that the county's count was. So the village can be carried over to nothing.",
        slips=(
            Slip(
                lambda: 1 / carried_over(),
                "That is turned round: Tuanwan's share belongs above the line.",
            ),
            Slip(
                lambda: carried_over() * 12 / 5,
                "That stretches Tuanwan's five months to a year; the question takes the five "
                "months as they are.",
            ),
            Slip(
                lambda: carried_over() * 5 / 12,
                "That cuts something to five months once more; Tuanwan's deaths are of five "
                "months already, and the register's are to stay whole.",
            ),
            Slip(
                lambda: carried_over() / 10,
                "One share is in per cent and the other per thousand; bring both to one unit.",
            ),
            Slip(
                lambda: carried_over() / 1000,
                "One is a share and the other per thousand; bring both to one unit.",
            ),
            Slip(
                lambda: 1000 * _team_dead() / _of_village("people"),
                "That is Tuanwan's rate per thousand; divide it by the register's.",
            ),
            Slip(
                lambda: 100 * _team_dead() / _of_village("people"),
                "That is Tuanwan's rate in per cent; divide it by the register's.",
            ),
            Slip(
                lambda: (
                    carried_over()
                    * one("tuanwan_1960", "group == 'deaths' and reporter == 'letter'")
                    / _team_dead()
                ),
                "That takes the number in the letter; the question takes the team's.",
            ),
            Slip(
                lambda: carried_over() * _registered_in_shandong() / _registered_in_shandong(1959),
                "That divides by the register's rate of 1959; Tuanwan's dead are of 1960.",
            ),
            Slip(
                lambda: carried_over() * _county_dead() / _team_dead(),
                "That takes the county's dead; the question takes the team's.",
            ),
            Slip(
                lambda: 1000 * _team_dead() / _of_village("people") - _registered_in_shandong(),
                "That takes one rate from the other; divide instead.",
            ),
        ),
    ),
    Exercise(
        id="46.1",
        name="times_as_much",
        kind=float,
        expected=villages_beside_towns,
        unit="times",
        hints=(
            "A rise is a difference: the rate of 1960 less the rate of 1958.",
            "Work it once for villages and once for towns.",
            "Divide the rise of the villages by the rise of the towns.",
        ),
        after="And where people died on the road, or had come to a town without a book, no "
        "register was theirs.",
        slips=(
            Slip(
                lambda: 1 / villages_beside_towns(),
                "That is turned round: the villages belong above the line.",
            ),
            Slip(
                lambda: _residence("county", 1960) / _residence("city", 1960),
                "That compares the rates of 1960; the question compares what was added since 1958.",
            ),
            Slip(
                lambda: (
                    _residence("county", 1960)
                    / _residence("county", 1958)
                    / (_residence("city", 1960) / _residence("city", 1958))
                ),
                "That divides one growth by the other; the question asks about the rises.",
            ),
            Slip(
                lambda: _residence("county", 1960) / _residence("county", 1958),
                "That is how many times its rate of 1958 the villages had; the towns are missing.",
            ),
            Slip(
                lambda: _rise("county") - _rise("city"),
                "That takes one rise from the other; divide them.",
            ),
            Slip(lambda: _rise("county"), "That is the rise of the villages; divide it."),
            Slip(lambda: _rise("city"), "That is the rise of the towns alone."),
            Slip(
                lambda: _rise("county", 1959) / _rise("city", 1959),
                "That begins in 1959; the question begins a year earlier.",
            ),
        ),
    ),
    Exercise(
        id="46.2",
        name="earlier",
        kind=float,
        expected=lambda: _worse(1958, 1959),
        unit="provinces",
        hints=(
            "Two columns of the table are compared, row by row.",
            "`table[1958] > table[1959]` is true or false for each province.",
            "Put it in brackets and add `.sum()`, which counts what is true.",
        ),
        after="Yunnan and Gansu. What killed there in 1958 cannot be the quotas of autumn 1959; "
        "what it was, a rate does not say.",
        slips=(
            Slip(
                lambda: _worse(1959, 1958),
                "That counts where 1959 was the worse year; turn the sign.",
            ),
            Slip(lambda: len(_registered()), "Those are all provinces of the table."),
            Slip(
                lambda: _worse(1958, 1957),
                "That compares 1958 with the year before; the question takes the year after.",
            ),
            Slip(
                lambda: _worse(1958, 1960),
                "That compares with 1960; the question takes 1959.",
            ),
            Slip(
                lambda: _worse(1960, 1959),
                "That counts where 1960 was worse than 1959.",
            ),
        ),
    ),
    Exercise(
        id="46.3",
        name="as_likely",
        kind=float,
        expected=minority_risk,
        unit="times",
        tolerance=0.004,
        hints=(
            "Take a hundred people and a hundred victims: how many of each are Han?",
            "Victims for each person: of minorities 5 to 6, of Han what is left of both.",
            "Divide the first of these by the second.",
        ),
        after="At most: five is his upper bound. And it is a mean over peoples as unlike as the "
        "Zhuang of Guangxi and the Tibetans of Qinghai.",
        slips=(
            Slip(
                lambda: RISK["victims"] / RISK["people"],
                "That compares minorities with everybody, themselves included; the question "
                "compares them with Han.",
            ),
            Slip(
                lambda: 1 / minority_risk(),
                "That is turned round: the risk of a Han beside theirs.",
            ),
            Slip(
                lambda: RISK["people"] / RISK["victims"],
                "That is turned round, and compares with everybody.",
            ),
            Slip(
                lambda: (100 - RISK["victims"]) / (100 - RISK["people"]),
                "Those are the Han among victims over the Han among people: half of the way.",
            ),
            Slip(
                lambda: RISK["victims"] / (100 - RISK["victims"]),
                "That sets victims of minorities beside Han victims; the people of "
                "each are missing.",
            ),
            Slip(
                lambda: RISK["people"] / (100 - RISK["people"]),
                "That sets people beside people; the victims are missing.",
            ),
            Slip(
                lambda: 100 * minority_risk(),
                "That is in per cent; give it as so many times.",
            ),
        ),
    ),
    Exercise(
        id="46.4",
        name="without_guizhou",
        kind=float,
        expected=lambda: inside_provinces(["guizhou"]),
        unit="per thousand",
        tolerance=0.02,
        hints=(
            '`pairs.drop("guizhou")` is the table without that row.',
            "Give it a name, and use it in place of `pairs` in both places of the sum.",
            "Differences times counties, added up, over the counties added up.",
        ),
        after="So it hangs on one province, and the sign with it. Neither number speaks for "
        "China: Qinghai, Gansu and Yunnan are not in the sample.",
        slips=(
            Slip(inside_provinces, "That is with Guizhou still in."),
            Slip(
                lambda: -inside_provinces(["guizhou"]),
                "The size is right and the sign is turned: minority counties come first.",
            ),
            Slip(
                lambda: _pairs().drop("guizhou")["difference"].mean(),
                "That lets each province count once; let it count by its minority counties.",
            ),
            Slip(
                lambda: _pairs()["difference"].mean(),
                "That lets each province count once, and Guizhou is still in.",
            ),
            Slip(
                lambda: _pairs()["difference"]["guizhou"],
                "That is Guizhou alone; it is the one to leave out.",
            ),
            Slip(
                lambda: -float(all_together(load("county_groups"), "minority").diff().iloc[-1]),
                "That is the difference with all counties together.",
            ),
            Slip(
                lambda: (
                    inside_provinces(["guizhou"])
                    * _pairs().drop("guizhou")["counties"].sum()
                    / _pairs()["counties"].sum()
                ),
                "The counties of Guizhou are still counted below the line.",
            ),
            Slip(
                lambda: inside_provinces(["guizhou"]) * _pairs().drop("guizhou")["counties"].sum(),
                "That is the sum; divide it by the counties that were added up.",
            ),
            Slip(
                lambda: inside_provinces(["sichuan"]),
                "That leaves out Sichuan.",
            ),
        ),
    ),
    Exercise(
        id="47.1",
        name="smaller_by",
        kind=float,
        expected=fed_less,
        unit="million tonnes",
        tolerance=0.002,
        hints=(
            "What is eaten in a year grew, for the most part, in the year before.",
            "So 1960 ate the harvest of 1959. Which one did 1961 eat?",
            "Take the harvest of 1960 from that of 1959.",
        ),
        after="It was a seventh less, and registered deaths fell from 25.4 to 14.2 per thousand.",
        slips=(
            Slip(
                lambda: -fed_less(),
                "The size is right and the sign is turned: smaller by is a positive number.",
            ),
            Slip(
                lambda: _harvest(1960) - _harvest(1961),
                "Those are the harvests brought in in 1960 and 1961; ask which were eaten then.",
            ),
            Slip(
                lambda: _harvest(1961) - _harvest(1960),
                "Those are the harvests brought in in 1960 and 1961; ask which were eaten then.",
            ),
            Slip(
                lambda: _harvest(1959) - _harvest(1961),
                "The harvest of 1961 was eaten in 1962, for the most part.",
            ),
            Slip(
                lambda: _harvest(1958) - _harvest(1959),
                "Those fed 1959 and 1960; the question goes one year on.",
            ),
            Slip(
                lambda: 100 * fed_less() / _harvest(1959),
                "That is in per cent; give million tonnes.",
            ),
            Slip(
                lambda: (
                    _harvest(1959, "output_official_old") - _harvest(1960, "output_official_old")
                ),
                "That is by the first series; the table above has the final one.",
            ),
            Slip(
                lambda: _harvest(1960), "That is the harvest itself; take it from the one before."
            ),
            Slip(
                lambda: _harvest(1957) - _harvest(1960),
                "That compares with 1957; the question compares what fed two neighbouring years.",
            ),
        ),
    ),
    Exercise(
        id="47.2",
        name="more_kept",
        kind=float,
        expected=kept_more,
        unit="kg",
        tolerance=0.02,
        hints=(
            "Work what a villager kept in 1961 as we did, with the final harvest.",
            "It is harvest less taken, times 1,000, divided by the villagers of 1961.",
            "Then do the same with the final harvest of 1960, and take one from the other.",
        ),
        after="With the first series it was 26. So it hangs on the series whether a villager had "
        "much more in 1961 or hardly more.",
        slips=(
            Slip(
                lambda: kept_more("output_official_old"),
                "That is by the first series; put the final harvest in, in both years.",
            ),
            Slip(
                lambda: _account()["kept"][1961] - _account("output_official_old")["kept"][1960],
                "One year is by the final series and the other by the first; take one for both.",
            ),
            Slip(
                lambda: _account("output_official_old")["kept"][1961] - _account()["kept"][1960],
                "One year is by the final series and the other by the first; take one for both.",
            ),
            Slip(
                lambda: _account()["kept"][1961],
                "That is what was kept in 1961; take what was kept in 1960 from it.",
            ),
            Slip(
                lambda: -kept_more(),
                "The size is right and the sign is turned: take 1960 from 1961.",
            ),
            Slip(
                lambda: kept_more(years=(1960, 1962)),
                "That goes on to 1962; the question stops at 1961.",
            ),
            Slip(
                lambda: kept_more(years=(1961, 1962)),
                "That is from 1961 to 1962; the question asks about the year before.",
            ),
            Slip(
                lambda: steps(_account()).loc[1961, "taken"],
                "That is what the smaller take gave; the smaller harvest took some of it away.",
            ),
            Slip(
                lambda: steps(_account()).loc[1961, "grown"],
                "That is what the harvest did; the smaller take is missing.",
            ),
            Slip(
                lambda: kept_more() / 1000,
                "That is in tonnes; a million tonnes for a million people is 1,000 kg each.",
            ),
        ),
    ),
    Exercise(
        id="47.3",
        name="net_less",
        kind=float,
        expected=lambda: net_take(1961) - net_take(1962),
        unit="million tonnes",
        tolerance=0.01,
        hints=(
            "Net is what was bought from villages less what was sold back to them.",
            "Work it for the year to June 1961, then for the year to June 1962.",
            "Take the second from the first.",
        ),
        after="The purchase fell by 8.3. In the first year grain lent and returned is counted as "
        "sold, in the second not; so the net take fell by more than this, nobody says how much.",
        slips=(
            Slip(
                lambda: _state("bought from villages", 1961) - _state("bought from villages", 1962),
                "That is the gross take, what was bought; what was sold back belongs off it.",
            ),
            Slip(
                lambda: (
                    _state("sold back to villages", 1961) - _state("sold back to villages", 1962)
                ),
                "That is how much less came back; the purchase fell as well.",
            ),
            Slip(
                lambda: (
                    _state("bought from villages", 1961)
                    - _state("bought from villages", 1962)
                    + _state("sold back to villages", 1961)
                    - _state("sold back to villages", 1962)
                ),
                "What was sold back is to be taken off the purchase, not added to it.",
            ),
            Slip(
                lambda: net_take(1962) - net_take(1961),
                "The size is right and the sign is turned: less by is a positive number.",
            ),
            Slip(
                lambda: (
                    net_take(1961)
                    - net_take(1962)
                    + _state("sold back to villages", 1961)
                    - one("grain_national", "series == 'grain_year_rural_sales'")
                ),
                "That takes the letter's 20.9 for the first year; take the notice's number.",
            ),
            Slip(lambda: net_take(1961), "That is the net take of the first year alone."),
            Slip(lambda: net_take(1962), "That is the net take of the second year alone."),
            Slip(
                lambda: _state("sold in towns", 1961) - _state("sold in towns", 1962),
                "That is what towns had less; the question is about villages.",
            ),
            Slip(
                lambda: 100 * (net_take(1961) - net_take(1962)) / net_take(1961),
                "That is in per cent; give million tonnes.",
            ),
            Slip(
                lambda: (
                    net_take(1961)
                    - (_state("sold in towns", 1961) - _state("sold in towns", 1962))
                    - net_take(1962)
                ),
                "What was sold in towns did not come back to villages; leave it out.",
            ),
        ),
    ),
    Exercise(
        id="47.4",
        name="given_up",
        kind=float,
        expected=to_be_given_up,
        unit="kg",
        tolerance=0.01,
        hints=(
            "Two things would be lacking: what came from abroad, and what towns had less.",
            "5.5 and the difference of 26.25 and 23.5, in million tonnes.",
            "Bring both to kilograms, and divide by the villagers of 1961.",
        ),
        after="About a month's grain by the account of section 2, though the two are not weighed "
        "alike.",
        slips=(
            Slip(
                lambda: to_be_given_up(towns=False),
                "That replaces the grain from abroad; the towns are to eat as before as well.",
            ),
            Slip(
                lambda: to_be_given_up(abroad=False),
                "Both would be lacking: what the towns had less and all the grain from abroad.",
            ),
            Slip(
                lambda: to_be_given_up() * _account()["villagers"][1961] / 1000,
                "Those are million tonnes; divide them among the villagers.",
            ),
            Slip(
                lambda: to_be_given_up() / 1000,
                "That is in tonnes; a million tonnes for a million people is 1,000 kg each.",
            ),
            Slip(
                lambda: to_be_given_up() * _account()["villagers"][1961] / _townspeople(1961),
                "That divides among townspeople; villagers would have had to give it.",
            ),
            Slip(
                lambda: to_be_given_up() / (1 + _townspeople(1961) / _account()["villagers"][1961]),
                "That divides among all; villagers alone would have had to give it.",
            ),
            Slip(
                lambda: (
                    1000
                    * (_state("from abroad", 1962) + _state("sold in towns", 1962))
                    / _account()["villagers"][1961]
                ),
                "That adds all that towns had; add only what they had less than the year before.",
            ),
            Slip(
                lambda: (
                    1000
                    * (
                        _state("from abroad", 1962)
                        - _state("from abroad", 1961)
                        + _state("sold in towns", 1961)
                        - _state("sold in towns", 1962)
                    )
                    / _account()["villagers"][1961]
                ),
                "Without imports all 5.5 would be lacking, not what they rose by.",
            ),
        ),
    ),
    Exercise(
        id="47.5",
        name="had_contracts",
        kind=float,
        expected=once_contracted,
        unit="per cent",
        tolerance=0.005,
        hints=(
            "Each share has a whole of its own: how many teams are a hundred per cent of each?",
            "Teams that had once had the fields: 60,100 are 23 per cent of them.",
            "All teams: 102,100 are 33.74 per cent of them. Divide the first whole by the second.",
        ),
        after="Six teams in seven, once; the paper of October 1961 has 84.4 per cent.",
        slips=(
            Slip(
                lambda: one("recovery_1961_65", "date == '1961-10'"),
                "That is the count of October 1961; work it from the paper of 1962.",
            ),
            Slip(
                lambda: 100 * (1 - _teams()[3]),
                "Those are the teams that still had the fields; some had given them up.",
            ),
            Slip(lambda: 100 * _teams()[3], "Those are the teams without the fields."),
            Slip(
                lambda: 100 * (_teams()[3] + _teams()[1]),
                "The two shares have different wholes and cannot be added.",
            ),
            Slip(
                lambda: 100 * (1 - _teams()[1]),
                "That is the share not put right, of the teams that had had the fields.",
            ),
            Slip(
                lambda: 100 * (1 - _teams()[3] + _teams()[1]),
                "The two shares have different wholes and cannot be added.",
            ),
            Slip(
                lambda: 100 * _teams()[0] / _teams()[2],
                "That is the share put right among those without; find the two wholes.",
            ),
            Slip(
                lambda: once_contracted() / 100,
                "That is a share of one; give it in per cent.",
            ),
            Slip(
                lambda: 10000 / once_contracted(),
                "That is turned round: all teams belong below the line.",
            ),
            Slip(
                lambda: 1000 * _teams()[0] / _teams()[1],
                "That is how many teams had had the fields; divide it by all teams.",
            ),
            Slip(
                lambda: 1000 * _teams()[2] / _teams()[3],
                "That is how many teams there were; set those that had had the fields over it.",
            ),
            Slip(
                lambda: 100 * _teams()[0] / (_teams()[2] / _teams()[3]),
                "That is the share put right, of all teams; those that had had the fields were "
                "more.",
            ),
        ),
    ),
]

GUESSES = [
    Guess(
        id="41.a",
        asks="By how many per cent did the grain to eat, a head, fall from 1957 to 1960?",
        kind=float,
        unit="per cent",
        found=fall,
        says=lambda: f"by {fall():.0f} per cent, at any fixed shares of seed, fodder and waste",
    ),
    Guess(
        id="41.b",
        asks="From 1958 to 1959 the harvest fell by 30 million tonnes. Did the villages' own grain "
        "fall by less, as much or more?",
        kind=str,
        choices=("less", "as much", "more"),
        found=villages_lost,
        says=lambda: f"more: by {_left(1958) - _left(1959):.0f} million tonnes",
    ),
    Guess(
        id="42.a",
        asks="How many times the harvest of 1959 could be reported before less than 220 kg are "
        "left?",
        kind=float,
        unit="times",
        found=bearable_report,
        says=lambda: (
            f"{bearable_report():.2f} times; {_expected() / _grown(1959):.2f} was expected"
        ),
    ),
    Guess(
        id="42.b",
        asks="Two invented provinces give up the same tonnes, the first by honest reports, the "
        "second by false ones at a lower rate. In which is more lacking?",
        kind=str,
        choices=("first", "second", "the same"),
        found=same_take,
        says="second: the same grain is taken from other communes",
    ),
    Guess(
        id="43.a",
        asks="Did the prefecture hand down to its counties less than the province had asked, as "
        "much or more?",
        kind=str,
        choices=("less", "as much", "more"),
        found=handed_down,
        says="more: 1,049 million jin, where 960 had been asked",
    ),
    Guess(
        id="44.a",
        asks="Beside the stocks used up in the year to June 1961, were the net exports of 1959 and "
        "1960 less, about as much or more?",
        kind=str,
        choices=("less", "about as much", "more"),
        found=exports_beside_stocks,
        says="about as much: 6.8 million tonnes beside 6.6",
    ),
    Guess(
        id="45.a",
        asks="By the county's own total, was it more than half a jin a head and day, or less?",
        kind=str,
        choices=("more", "about half", "less"),
        found=more_than_the_letter,
        says=lambda: f"about half a jin: {village_ration():.2f}",
    ),
    Guess(
        id="45.b",
        asks="Beside what it had supplied, how much did the state buy from the summer crop?",
        kind=str,
        choices=("nothing", "half as much", "as much", "twice as much"),
        found=bought_back,
        says=lambda: f"as much: {_of_village('bought from the summer crop of 1960'):,.0f} jin",
    ),
    Guess(
        id="46.a",
        asks="What was the grain that Tuanwan's villagers reaped for themselves, beside the grain "
        "on the books?",
        kind=str,
        choices=("tenth", "half", "equal"),
        found=reaped_beside_booked,
        says="about half: 55 jin a head beside 111.5",
    ),
    Guess(
        id="47.a",
        asks="Registered deaths were below those of 1957 within two years after 1960. After how "
        "many was the harvest above that of 1957?",
        kind=float,
        unit="years",
        found=harvest_back,
        says=lambda: f"{harvest_back()} years, in {1960 + harvest_back()}",
    ),
    Guess(
        id="47.b",
        asks="From 1960 to 1961, what gave a villager most: more grown, less taken or fewer "
        "villagers?",
        kind=str,
        choices=tuple(STEPS.values()),
        found=gave_most,
        says=lambda: f"less taken: {steps(_account()).loc[1961, 'taken']:.0f} kg a head",
    ),
]
