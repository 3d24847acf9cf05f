"""Commuters: published figures, sums, both directions, and what a view makes of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from indicators.commuters import ABROAD, ALL, COUNTRY, GAP, LAND, NEAR, Commuters, open_commuters
from pages._ui.commuting import arcs, flows, matrix_view, over_time, reading, time_table
from pages._ui.commuting.neighbours import adjoining, borders
from pages._ui.commuting.view import View
from pages._ui.rungs import FIVE, REGION
from tests.conftest import connect

CHEMNITZ, ERZ, VOGTLAND, ZWICKAU = "14511", "14521", "14523", "14524"
AROUND = {"09475", "14627", "14628", "14729", "14730", "16075", "16076", "16077"}
# Looked up by hand in the raw files of the Pendleratlas: (residence, workplace) -> persons.
BY_HAND = {
    (ERZ, CHEMNITZ): 13880,
    (CHEMNITZ, ERZ): 4920,
    (VOGTLAND, "09475"): 2510,
    ("16077", ZWICKAU): 2950,
    ("14522", "14612"): 4050,
}


@pytest.fixture
def commuters(release: Path) -> Iterator[Commuters]:
    """Return the reader of the current release."""
    reader = open_commuters(release)
    yield reader
    reader.close()


@pytest.fixture
def everything(release: Path) -> pd.DataFrame:
    """Return all named flows of the country."""
    query = """
    SELECT area_id AS residence, partner_id AS workplace, value AS persons FROM observation
    WHERE dataset = 'ba_commuters' AND measure = 'commuter_flow'
    """
    return connect(release).execute(query).df()


def persons(frame: pd.DataFrame, residence: str, workplace: str) -> float:
    """Return the persons of one cell."""
    found = frame[(frame["residence"] == residence) & (frame["workplace"] == workplace)]
    assert len(found) == 1, (residence, workplace)
    return float(found["persons"].iloc[0])


def test_the_flow_from_the_erzgebirgskreis_to_chemnitz_and_all_who_come_to_chemnitz(
    commuters: Commuters,
) -> None:
    assert persons(commuters.flows((ERZ,)), ERZ, CHEMNITZ) == 13_880
    assert commuters.together((CHEMNITZ,)).incoming == 52_160
    assert str(commuters.reference()) == "2023-06-30"


@pytest.mark.parametrize(("pair", "expected"), BY_HAND.items())
def test_five_flows_are_as_the_raw_files_have_them(
    commuters: Commuters, pair: tuple[str, str], expected: int
) -> None:
    assert persons(commuters.flows(pair), *pair) == expected


def test_the_raw_files_of_both_directions_name_the_same_flows_of_the_five(
    commuters: Commuters, recordings: Path
) -> None:
    folder = recordings / "arbeitsagentur" / "pendler_2023-06-30"
    found: dict[str, dict[tuple[str, str], int]] = {"Auspendler": {}, "Einpendler": {}}
    for direction, cells in found.items():
        for path in folder.joinpath(direction).glob("*.csv"):
            for row in csv.reader(path.open(encoding="utf-8-sig"), delimiter=";"):
                keys = (row[1], row[3]) if len(row) > 4 else ("", "")
                if keys[0] in FIVE or keys[1] in FIVE:
                    pair = keys if direction == "Auspendler" else keys[::-1]
                    if all(len(key) == 5 and key.isdigit() for key in pair):
                        cells[pair] = int(row[4])
    assert found["Auspendler"] == found["Einpendler"]
    ours = commuters.flows(FIVE)
    assert len(ours) == len(found["Auspendler"]) > 1_000
    for row in ours.to_dict("records"):
        assert found["Auspendler"][row["residence"], row["workplace"]] == row["persons"]


def test_every_flow_has_at_least_ten_persons_and_is_rounded_to_tens(
    everything: pd.DataFrame,
) -> None:
    assert everything["persons"].min() == 10
    assert (everything["persons"] % 10 == 0).all()
    assert not everything.duplicated(["residence", "workplace"]).any()
    assert (everything["residence"] != everything["workplace"]).all()


def test_balances_of_a_closed_system_add_up_to_nothing(everything: pd.DataFrame) -> None:
    among = everything[everything["residence"].isin(FIVE) & everything["workplace"].isin(FIVE)]
    for system in (among, everything):
        leaving = system.groupby("residence")["persons"].sum()
        arriving = system.groupby("workplace")["persons"].sum()
        assert arriving.sub(leaving, fill_value=0).sum() == 0
    assert len(among) == 20


def test_the_five_together_have_no_commuters_among_themselves(commuters: Commuters) -> None:
    region, single = commuters.together(FIVE), [commuters.together((area,)) for area in FIVE]
    assert region.inner == 92_290
    assert region.outgoing == sum(area.outgoing for area in single) - region.inner == 68_810
    assert region.incoming == sum(area.incoming for area in single) - region.inner == 55_350
    assert region.balance == sum(area.balance for area in single) == -13_460


def test_an_unknown_district_has_no_totals(commuters: Commuters) -> None:
    with pytest.raises(LookupError, match="99999"):
        commuters.together((CHEMNITZ, "99999"))


def test_parts_and_remainder_of_the_matrix_add_up_to_the_published_totals(
    commuters: Commuters,
) -> None:
    matrix = commuters.matrix(FIVE, sorted(AROUND))
    totals = commuters.totals(FIVE).set_index("area_id")
    for area in FIVE:
        row = matrix[(matrix["residence"] == area) & (matrix["workplace"] != ALL)]
        column = matrix[(matrix["workplace"] == area) & (matrix["residence"] != ALL)]
        assert row["persons"].sum() == totals.at[area, "outgoing"]
        assert column["persons"].sum() == totals.at[area, "incoming"]
        assert abs(persons(matrix, area, GAP)) <= 100
        assert 0 <= persons(matrix, GAP, area) < 0.03 * totals.at[area, "incoming"]
        assert set(row["workplace"]) == {*FIVE, NEAR, LAND, COUNTRY, GAP} - {area}
        assert set(column["residence"]) == {*FIVE, NEAR, LAND, COUNTRY, ABROAD, GAP} - {area}
    assert not matrix.duplicated(["residence", "workplace"]).any()


def test_earlier_years_are_those_of_the_regional_database(commuters: Commuters) -> None:
    years = commuters.history(ERZ).set_index("year")
    assert list(years.index) == [2012, 2013, 2014, 2015]
    newest = years.loc[2015]
    assert (newest["incoming"], newest["outgoing"]) == (15_444, 37_048)
    assert (newest["workplace"], newest["residence"]) == (111_894, 133_482)
    assert commuters.newer_source() == 2016


def test_districts_adjoin_both_ways_and_beyond_saxony() -> None:
    assert set(adjoining(FIVE)) == AROUND
    assert adjoining((CHEMNITZ,)) == ("14521", "14522", "14524")
    assert all(area in borders()[other] for area, others in borders().items() for other in others)


@pytest.mark.parametrize("direction", ["out", "in"])
def test_a_direction_keeps_only_its_flows(release: Path, direction: str) -> None:
    view = View(ERZ, "all", direction, 10)  # type: ignore[arg-type]
    shown = flows.drawn(str(release), view)
    own = "residence" if direction == "out" else "workplace"
    assert shown
    assert {getattr(flow, own) for flow in shown} == {ERZ}


def test_a_view_keeps_partners_and_smallest_size(release: Path) -> None:
    shown = flows.drawn(str(release), View(REGION, "near", "both", 500))
    assert min(flow.persons for flow in shown) >= 500
    ends = {key for flow in shown for key in (flow.residence, flow.workplace)}
    assert ends <= {*FIVE, *AROUND}
    five = flows.chosen(str(release), View(REGION, "five", "both", 10))
    assert len(five) == 20
    assert sum(flow.persons for flow in five) == 92_290


def test_the_largest_arc_is_the_widest_and_every_arc_is_seen() -> None:
    assert arcs.width(1000, 1000) == arcs.WIDEST
    assert arcs.width(500, 1000) == arcs.WIDEST / 2
    assert arcs.width(10, 10_000) == arcs.THINNEST


def test_the_map_is_short_and_names_no_other_server(release: Path) -> None:
    described = arcs.build(str(release), View(REGION, "near", "both", 10), "de", False, False, 620)
    assert len(described) < 60_000
    assert "://" not in described
    layers = {layer["id"]: layer for layer in json.loads(described)["layers"]}
    assert [name for name, layer in layers.items() if layer["pickable"]] == ["arcs"]
    widths = [arc["width"] for arc in layers["arcs"]["data"]]
    assert widths == sorted(widths), "the largest flows lie on top"


def test_the_reading_does_not_mix_years(release: Path) -> None:
    said = reading.sentences(str(release), View(ERZ, "near", "both", 250), "de")
    assert said[0].startswith("Am 30. Juni 2023 wohnten im Erzgebirgskreis 35.670 Beschäftigte")
    assert "die meisten in Chemnitz (13.880), im Landkreis Zwickau (7.790)" in said[0]
    assert "16.210 Personen mehr aus als ein" in said[2]
    assert "für 2019 veröffentlicht" in said[-1]
    assert "27,0 auswärts und 73,0" in said[-1]


def test_a_change_of_source_is_a_break_in_both_charts(release: Path) -> None:
    path = str(release)
    counts, rates = over_time.counts(path, ERZ, (ERZ,)), over_time.rates(path, ERZ)
    assert set(counts[counts["qualifier"] == "break"]["year"]) == {2023}
    assert set(rates[rates["qualifier"] == "break"]["year"]) == {2016}
    assert set(counts["year"]) == {2012, 2013, 2014, 2015, 2023}
    region = over_time.rates(path, REGION)
    assert not (region["qualifier"] == "break").any(), "the region has no figures after 2015"


def test_no_year_of_the_table_is_filled_up_from_another(release: Path) -> None:
    years = time_table.years(str(release), ERZ, (ERZ,))
    assert "outgoing" not in years[2019]
    assert "stay" not in years[2023]
    assert reading.OUT_RATE not in years[2023]
    assert years[2015]["stay"] == 133_482 - 37_048
    rate = years[2015][reading.OUT_RATE]
    assert rate == pytest.approx(100 * 37_048 / 133_482)


def test_files_hold_the_matrix_and_every_flow(release: Path) -> None:
    path = str(release)
    file = matrix_view.content(path, "de")
    assert [len(row) for row in file.rows] == [len(file.titles)] * len(matrix_view.ROWS)
    row = next(row for row in file.rows if row[0] == ERZ)
    assert row[2] == 13_880
    assert matrix_view.missing(ERZ, ERZ) == "own"
    assert matrix_view.missing(ERZ, CHEMNITZ) == "few"
    assert matrix_view.missing(NEAR, LAND) == "outside"
