"""The questions about commuters in SQL; parameters by name, never put together from user input."""

ATLAS = "ba_commuters"
HISTORY_TABLE = "13111-09-01-4"

REFERENCE = """
SELECT max(reference) AS reference FROM observation
WHERE dataset = 'ba_commuters' AND measure = 'commuter_flow'
"""

FLOWS = """
SELECT area_id AS residence, partner_id AS workplace, value AS persons
FROM observation
WHERE dataset = 'ba_commuters' AND measure = 'commuter_flow' AND breakdown = ''
    AND (list_contains($areas, area_id) OR list_contains($areas, partner_id))
ORDER BY persons DESC, residence, workplace
"""

TOTALS = """
SELECT area_id,
       max(value) FILTER (measure = 'out_commuters') AS outgoing,
       max(value) FILTER (measure = 'in_commuters') AS incoming
FROM observation
WHERE dataset = 'ba_commuters' AND measure IN ('out_commuters', 'in_commuters')
    AND breakdown = '' AND list_contains($areas, area_id)
GROUP BY area_id ORDER BY area_id
"""

POOLED = """
SELECT area_id, CASE measure WHEN 'out_commuters_other' THEN 'out' ELSE 'in' END AS direction,
       split_part(breakdown, '=', 2) AS district, value AS persons
FROM observation
WHERE dataset = 'ba_commuters' AND measure IN ('out_commuters_other', 'in_commuters_other')
    AND list_contains($areas, area_id)
ORDER BY area_id, direction, district
"""

ABROAD = """
SELECT area_id, split_part(breakdown, '=', 2) AS country, value AS persons
FROM observation
WHERE dataset = 'ba_commuters' AND measure = 'in_commuters_abroad'
    AND list_contains($areas, area_id)
ORDER BY area_id, persons DESC, country
"""

HISTORY = """
SELECT year,
       max(value) FILTER (measure = 'employees') AS workplace,
       max(value) FILTER (measure = 'employees_residence') AS residence,
       max(value) FILTER (measure = 'in_commuters') AS incoming,
       max(value) FILTER (measure = 'out_commuters') AS outgoing
FROM observation
WHERE dataset = '13111-09-01-4' AND breakdown = '' AND area_id = $area
GROUP BY year
HAVING count(value) FILTER (measure IN ('in_commuters', 'out_commuters')) = 2
ORDER BY year
"""

# From which year on the newer source gives a rate: the year after the last of the older one.
NEWER_SOURCE = """
SELECT max(year_to) + 1 AS year FROM lineage
WHERE indicator = 'in_commuter_rate' AND dataset = '13111-09-01-4'
"""
