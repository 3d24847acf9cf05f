"""The questions behind the explanation of a figure in SQL; parameters by name."""

FIGURE = """
SELECT v.value, v.lower, v.upper, v.mark, v.qualifier, i.formula_de, i.formula_en,
       a.name_de AS area_de, a.name_en AS area_en
FROM indicator_value v
JOIN indicator i ON i.id = v.indicator
JOIN area a USING (area_id)
WHERE v.indicator = $indicator AND v.area_id = $area AND v.year = $year
    AND v.sector = '' AND v.occupation = ''
"""

# The cells of a quantity. A predecessor counts only with a figure of its own; where the first
# area has no figure either, another set of areas is asked for.
PARTS = """
WITH cell AS (
    SELECT * FROM observation
    WHERE dataset = $dataset AND measure = $measure AND year = $year
        AND list_contains($areas, area_id) AND NOT list_contains($nothing, mark) AND {filters}
)
SELECT o.dataset, d.table_code, d.title_de, d.title_en, p.name_de AS publisher_de,
       p.name_en AS publisher_en, m.name_de AS measure_de, m.name_en AS measure_en, o.area_id,
       a.name_de AS area_de, a.name_en AS area_en, o.partner_id, o.year, o.sector, o.occupation,
       o.breakdown, o.value, m.unit, o.mark, o.qualifier, o.published, f.path,
       coalesce(nullif(f.url, ''), d.url) AS url, f.vintage, f.retrieved, f.sha256, o.line,
       o."column", d.licence, d.licence_url, d.attribution
FROM cell o
JOIN dataset d ON d.id = o.dataset
JOIN publisher p ON p.id = d.publisher
JOIN measure m ON m.dataset = o.dataset AND m.measure = o.measure
JOIN area a ON a.area_id = o.area_id
JOIN source_file f ON f.id = o.file
ORDER BY o.area_id <> $own, o.area_id, o.sector, o.occupation, o.breakdown, o.partner_id
"""
