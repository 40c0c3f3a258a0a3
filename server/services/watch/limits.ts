/** AWS's published quotas, in their own units (CloudWatch API Reference; CloudWatch User Guide, "Service quotas"). */

export const ALARM_NAME_LENGTH = 255
export const DESCRIPTION_LENGTH = 1024
export const ACTIONS_PER_STATE = 5
export const ARN_LENGTH = 1024
export const METRIC_QUERIES_PER_ALARM = 20

export const NAME_LENGTH = 255
export const DIMENSIONS_PER_METRIC = 30
export const DIMENSION_VALUE_LENGTH = 1024

/** An alarm looks back one day at most, seven when its period is an hour or more. */
export const EVALUATION_SECONDS = 86_400
export const LONG_EVALUATION_SECONDS = 604_800
export const LONG_PERIOD_SECONDS = 3600

/** The service reads this many periods beyond N, so that old real datapoints can stand in for missing new ones. */
export const EXTRA_PERIODS = 2

export const UNITS: ReadonlySet<string> = new Set([
  'Seconds', 'Microseconds', 'Milliseconds', 'Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes', 'Bits',
  'Kilobits', 'Megabits', 'Gigabits', 'Terabits', 'Percent', 'Count', 'Bytes/Second', 'Kilobytes/Second',
  'Megabytes/Second', 'Gigabytes/Second', 'Terabytes/Second', 'Bits/Second', 'Kilobits/Second', 'Megabits/Second',
  'Gigabits/Second', 'Terabits/Second', 'Count/Second', 'None',
]) // prettier-ignore

export const RULE_LENGTH = 10_240
export const RULE_CHILDREN = 100
export const RULE_ELEMENTS = 500

export const ALARMS_PER_CALL = 100

export const MUTE_TARGETS = 100
export const SHORTEST_MUTE_MS = 60_000
export const LONGEST_MUTE_MS = 15 * 86_400_000

export const DATA_PER_CALL = 1000
export const VALUES_PER_DATUM = 150
export const OLDEST_DATUM_MS = 14 * 86_400_000
export const NEWEST_DATUM_MS = 2 * 3_600_000
/** 2³⁶⁰, written out because powers are not exact across JavaScript engines. */
export const GREATEST_VALUE = 2.3485425827738332e108

export const POINTS_PER_ANSWER = 1440
export const QUERIES_PER_CALL = 500
export const POINTS_PER_QUERY = 100_800
export const METRICS_PER_PAGE = 500
export const ALARMS_PER_PAGE = 100

export const EVENTS_PER_BATCH = 10_000
export const BATCH_BYTES = 1_048_576
export const EVENT_OVERHEAD_BYTES = 26
export const EVENTS_PER_PAGE = 10_000
export const FILTERS_PER_GROUP = 100
export const DIMENSIONS_PER_FILTER = 3
