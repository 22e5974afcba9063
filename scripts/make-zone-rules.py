"""Writes packages/core/src/calendars/zone-rules.ts from the pinned Python package tzdata (IANA time zone database, public domain).

Remake:  python3 -m venv zones && zones/bin/pip install tzdata==2026.6 && zones/bin/python scripts/make-zone-rules.py
Each zone: its offsets in seconds, its transitions (UTC seconds in base 36 as differences, each with the position of the offset that follows),
and, where daylight saving goes on for ever, the yearly rule that takes over after the last transition.
"""
import importlib.resources
import pathlib
import re
import struct

import tzdata

PINNED = '2026.6'
ZONES = """America/Chicago America/Los_Angeles America/New_York America/Sao_Paulo America/Toronto Asia/Dubai Asia/Hong_Kong Asia/Kolkata
Asia/Seoul Asia/Shanghai Asia/Singapore Asia/Tokyo Australia/Sydney Europe/Berlin Europe/London Europe/Moscow Europe/Paris Europe/Warsaw
Europe/Zurich Pacific/Auckland""".split()


def base36(value):
    digits = ''
    sign, value = ('-', -value) if value < 0 else ('', value)
    while True:
        digits = '0123456789abcdefghijklmnopqrstuvwxyz'[value % 36] + digits
        value //= 36
        if value == 0:
            return sign + digits


def read(name):
    data = importlib.resources.files('tzdata').joinpath('zoneinfo', *name.split('/')).read_bytes()

    def header(at):
        assert data[at:at + 4] == b'TZif' and data[at + 4:at + 5] >= b'2'
        return struct.unpack('>6l', data[at + 20:at + 44])

    utc, std, leap, times, types, chars = header(0)
    at = 44 + times * 5 + types * 6 + chars + leap * 8 + std + utc
    utc, std, leap, times, types, chars = header(at)
    at += 44
    moments = struct.unpack(f'>{times}q', data[at:at + 8 * times])
    kinds = data[at + 8 * times:at + 9 * times]
    at += 9 * times
    offsets = [struct.unpack('>lbB', data[at + 6 * i:at + 6 * i + 6])[0] for i in range(types)]
    footer = data[at + 6 * types + chars + leap * 12 + std + utc:].strip(b'\n').decode()
    return offsets, list(zip(moments, [offsets[kind] for kind in kinds])), footer


def seconds(text):
    sign = -1 if text.startswith('-') else 1
    parts = [int(part) for part in text.lstrip('+-').split(':')]
    return sign * sum(part * unit for part, unit in zip(parts, (3600, 60, 1)))


def yearly(footer):
    name = r'(?:<[^>]+>|[A-Za-z]+)'
    parts = re.fullmatch(rf'{name}([-+:\d]+)(?:{name}([-+:\d]+)?,M([\d.]+)(?:/([-\d:]+))?,M([\d.]+)(?:/([-\d:]+))?)?', footer)
    standard = -seconds(parts[1])
    if parts[3] is None:
        return standard, None
    daylight = -seconds(parts[2]) if parts[2] else standard + 3600
    start, end = ([int(part) for part in parts[i].split('.')] + [seconds(parts[i + 1] or '2')] for i in (3, 5))
    return standard, [standard, daylight, *start, *end]


def civil(year, month, week, weekday, second):
    """Local second of the rule's day: the week-th (5: last) weekday of the month."""
    import datetime as dt
    first = dt.date(year, month, 1)
    day = 1 + (weekday - first.isoweekday()) % 7 + 7 * (week - 1)
    last = (dt.date(year + (month == 12), month % 12 + 1, 1) - first).days
    while day > last:
        day -= 7
    return (first.toordinal() - 719163 + day - 1) * 86400 + second


def of_rule(rule, year):
    standard, daylight, *parts = rule
    return sorted([(civil(year, *parts[:4]) - standard, daylight), (civil(year, *parts[4:]) - daylight, standard)])


lines = []
for zone in ZONES:
    offsets, transitions, footer = read(zone)
    standard, rule = yearly(footer)
    if rule:  # The rule takes over from the first year on in which it gives every transition that the file has.
        year_of = lambda moment: 1970 + int(moment // 31556952)
        first_year = year_of(transitions[-1][0]) + 1
        transitions += [item for item in of_rule(rule, first_year - 1) if item[0] > transitions[-1][0]]
        while [item for item in transitions if year_of(item[0]) == first_year - 1] == of_rule(rule, first_year - 1):
            first_year -= 1
        transitions = [item for item in transitions if year_of(item[0]) < first_year]
        assert transitions[-1][1] == of_rule(rule, first_year - 1)[-1][1], (zone, rule, first_year, transitions[-3:])
        rule = [first_year, *rule]
    table = [offsets[0]]
    previous, encoded = 0, []
    for moment, offset in transitions:
        if offset not in table:
            table.append(offset)
        encoded.append(f'{base36(moment - previous)}:{table.index(offset)}')
        previous = moment
    text = ' '.join(encoded)
    lines.append(f"  '{zone}': {{\n    offsets: {table},\n    transitions: '{text}',\n    yearly: {rule if rule else 'null'},\n  }},")

assert tzdata.__version__ == PINNED, f'tzdata {tzdata.__version__}, wanted {PINNED}'
target = pathlib.Path(__file__).parent.parent / 'packages/core/src/calendars/zone-rules.ts'
target.write_text(f'''/**
 * Offsets of time zones from UTC since their first transition. Made by scripts/make-zone-rules.py from tzdata {PINNED}; do not edit.
 *
 * Source: IANA time zone database {tzdata.IANA_VERSION}, public domain.
 */

/** The rules' version, for manifests: a new one may move times that lie in the future of its release. */
export const zoneRulesVersion = '{tzdata.IANA_VERSION}';

export interface ZoneRules {{
  /** Seconds east of UTC; the first one holds before the first transition. */
  readonly offsets: readonly number[];
  /** UTC seconds in base 36, each as the difference from the one before, and the position of the offset from then on. */
  readonly transitions: string;
  /** First year, standard and daylight offset, then month, week (5 is last), weekday, local second of the start and of the end. */
  readonly yearly: readonly number[] | null;
}}

export const zoneRules: {{ readonly [zone: string]: ZoneRules }} = {{
''' + '\n'.join(lines) + '\n};\n')
print(target, target.stat().st_size)
