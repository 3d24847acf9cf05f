"""Cells read by eye from the recorded files outside GENESIS: five areas, first and last years."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

import pandas as pd
import pytest

from etl.conform import conform
from etl.formats import Cells, Source, parser
from etl.model import Catalogue, load_catalogue

pytestmark = pytest.mark.recorded
FIVE = ("14511", "14521", "14522", "14523", "14524")
OURS = {*FIVE, "145", "DED4", "DED41", "DED42", "DED43", "DED44", "DED45"}
SIGNS = {":": "missing", ": u": "unreliable", "*": "secret"}
# The Kreise and the region exist since 1 August 2008: an empty cell before that is no gap.
REFORM = 2008
QUALIFIERS = {"e": "estimated", "b": "break"}
with (Path(__file__).parent / "other_cells.csv").open(encoding="utf-8") as file:
    CELLS = list(csv.DictReader(file))


def find(recordings: Path, name: str) -> tuple[Source, Catalogue]:
    """Return the one table that reads a recorded file."""
    catalogue, path = load_catalogue(), recordings / name
    found = [
        Source(path, name, dataset, layout)
        for dataset in catalogue.datasets.values()
        for layout in dataset.files
        if path in recordings.glob(layout.glob)
    ]
    assert len(found) == 1, f"{name} is read by {len(found)} layouts"
    return found[0], catalogue


@functools.cache
def observations(recordings: Path, name: str) -> pd.DataFrame:
    """Return what our areas' cells in a recorded file become."""
    source, catalogue = find(recordings, name)
    cells = parser(source.layout.format)(source)
    frame = cells.frame
    if source.layout.area != "none":
        frame = frame[frame["area"].isin(OURS)]
    return conform(Cells(frame.reset_index(drop=True), cells.vintage), source, catalogue)


@pytest.mark.parametrize(
    "row", CELLS, ids=lambda row: f"{row['file']} {row['measure']} {row['year']}"
)
def test_our_areas_read_as_published(recordings: Path, row: dict[str, str]) -> None:
    rows = observations(recordings, row["file"])
    here = rows[rows["year"] == int(row["year"])]
    for name in ("measure", "sector", "occupation", "breakdown"):
        here = here[here[name] == row[name]]
    for area in (*FIVE, "145"):
        if not row[area]:
            continue
        (cell,) = here[here["area_id"] == area].itertuples()
        text, _, flag = row[area].partition(" ")
        if row[area] == ":" and cell.year < REFORM:
            assert cell.mark == "dissolved"
        elif row[area] in SIGNS:
            assert cell.mark == SIGNS[row[area]]
        else:
            assert cell.value == pytest.approx(float(text), abs=5e-7)
        assert cell.qualifier == QUALIFIERS.get(flag, "")


@pytest.mark.parametrize(
    ("name", "measure", "sector", "breakdown", "value"),
    [
        ("DEU2014ttl.csv", "deliveries", "25", "user=29", 20311.8),
        ("DEU2014ttl.csv", "deliveries", "25", "user=28", 17448.3),
        ("DEU2014ttl.csv", "output", "29", "", 474164.5),
        ("DEU2019ttl.csv", "deliveries", "25", "user=29", 16526.4),
        ("DEU2019ttl.csv", "deliveries", "22", "user=29", 13431.2),
        ("DEU2019ttl.csv", "value_added", "29", "", 152803.5),
        ("wiod_DEU_NIOT_nov16_2000-2014.csv", "deliveries", "25", "origin=domestic;user=29", 15148),
        ("wiod_DEU_NIOT_nov16_2000-2014.csv", "deliveries", "25", "origin=imported;user=29", 4875),
        ("wiod_DEU_NIOT_nov16_2000-2014.csv", "deliveries", "22", "origin=domestic;user=29", 7974),
        ("wiod_DEU_NIOT_nov16_2000-2014.csv", "output", "29", "", 445471),
        ("wiod_DEU_NIOT_nov16_2000-2014.csv", "value_added", "29", "", 140314),
    ],
)
def test_input_output_cells_read_as_published(
    recordings: Path, name: str, measure: str, sector: str, breakdown: str, value: float
) -> None:
    rows = observations(recordings, f"input_output/{name}")
    here = rows[(rows["measure"] == measure) & (rows["sector"] == sector)]
    assert here.loc[here["breakdown"] == breakdown, "value"].tolist() == [value]


def test_flows_between_districts_are_the_same_seen_from_both_ends(recordings: Path) -> None:
    out, into = {}, {}
    for folder, flows in (("Auspendler", out), ("Einpendler", into)):
        for path in sorted((recordings / "arbeitsagentur/pendler_2023-06-30" / folder).glob("*")):
            for row in csv.reader(path.open(encoding="utf-8-sig"), delimiter=";"):
                if len(row) == 10 and len(row[3]) == 5 and row[3].isdigit():
                    ends = (row[1], row[3]) if folder == "Auspendler" else (row[3], row[1])
                    flows[ends] = row[4]
    assert len(out) == 46991
    assert out == into


def test_electric_cars_of_a_file_are_those_of_the_next_first_of_january(recordings: Path) -> None:
    tables = {}
    for name in ("fz1_cars_by_fuel_2017-2021.xlsx", "registered_evs_2020.csv"):
        source, catalogue = find(recordings, f"kba/{name}")
        rows = conform(parser("records")(source), source, catalogue)
        rows = rows[(rows["measure"] == "cars_electric") & (rows["year"] == 2021)]
        tables[name] = rows.set_index("area_id")["value"]
    both = pd.concat(tables, axis=1, join="inner")
    apart = both[both.iloc[:, 0] != both.iloc[:, 1]]
    assert len(both) == 398
    # Eisenach (16056) joined the Wartburgkreis on 1 July 2021; one file has it apart.
    assert apart.index.tolist() == ["16063"]


def test_unemployed_by_occupation_lack_whole_districts_never_single_cells(
    recordings: Path,
) -> None:
    source, _ = find(recordings, "arbeitsagentur/occupations/unemployed_total.parquet")
    frame = parser("records")(source).frame
    known = frame[(frame["sex"] == "") & frame["occupation"].notna()]
    empty = known["number"].isna().groupby([known["area"], known["time"]], observed=True).mean()
    assert sorted(empty.unique()) == [0.0, 1.0]
    assert int(empty.sum()) == 106
    assert empty["14521", "2012"] == 1.0


def test_the_planning_region_of_inkar_is_the_region_of_our_five(recordings: Path) -> None:
    rows = observations(recordings, "inkar/2024/siedlungsstruktur.parquet")
    rows = rows[(rows["measure"] == "population_density") & (rows["year"] == 2022)]
    density = rows.set_index("area_id")["value"]
    # Areas at 31 December 2021, from the Destatis table of the districts.
    area = {"14511": 221.03, "14521": 1827.93, "14522": 2116.85, "14523": 1412.41, "14524": 949.78}
    mean = sum(density[key] * size for key, size in area.items()) / sum(area.values())
    assert density["145"] == pytest.approx(mean, rel=1e-3)
