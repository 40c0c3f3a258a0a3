/**
 * AWS's published quotas, in their own units (CloudWatch API Reference; CloudWatch User Guide, "Service quotas"). Lengths are in
 * characters, times in seconds unless the name says ms.
 */
export const limits = {
  ALARM_NAME_LENGTH: 255,
  DESCRIPTION_LENGTH: 1024,
  ACTIONS_PER_STATE: 5,
  ARN_LENGTH: 1024,
  METRIC_QUERIES_PER_ALARM: 20,
  REASON_LENGTH: 1023,
  REASON_DATA_LENGTH: 4000,

  NAME_LENGTH: 255,
  DIMENSIONS_PER_METRIC: 30,
  DIMENSION_VALUE_LENGTH: 1024,

  /** An alarm looks back one day at most, seven when its period is an hour or more. */
  EVALUATION_SECONDS: 86_400,
  LONG_EVALUATION_SECONDS: 604_800,
  LONG_PERIOD_SECONDS: 3600,

  /** The service reads this many periods beyond N, so that old real datapoints can stand in for missing new ones. */
  EXTRA_PERIODS: 2,

  RULE_LENGTH: 10_240,
  RULE_CHILDREN: 100,
  RULE_ELEMENTS: 500,

  ALARMS_PER_CALL: 100,

  MUTE_TARGETS: 100,
  SHORTEST_MUTE_MS: 60_000,
  LONGEST_MUTE_MS: 15 * 86_400_000,

  DATA_PER_CALL: 1000,
  VALUES_PER_DATUM: 150,
  OLDEST_DATUM_MS: 14 * 86_400_000,
  NEWEST_DATUM_MS: 2 * 3_600_000,
  /** 2³⁶⁰, written out because powers are not exact across JavaScript engines. */
  GREATEST_VALUE: 2.3485425827738332e108,

  POINTS_PER_ANSWER: 1440,
  QUERIES_PER_CALL: 500,
  POINTS_PER_QUERY: 100_800,
  METRICS_PER_PAGE: 500,
  ALARMS_PER_PAGE: 100,

  EVENTS_PER_BATCH: 10_000,
  BATCH_BYTES: 1_048_576,
  EVENT_OVERHEAD_BYTES: 26,
  EVENTS_PER_PAGE: 10_000,
  FILTERS_PER_GROUP: 100,
  EXPRESSION_FILTERS_PER_GROUP: 5,
  DIMENSIONS_PER_FILTER: 3,
  PATTERN_LENGTH: 1024,
  QUERY_LENGTH: 10_000,
} as const

/** The units that a datum may have; no km/h among them, so the metric's name carries it. */
export const UNITS: ReadonlySet<string> = new Set([
  'Seconds', 'Microseconds', 'Milliseconds', 'Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes', 'Bits',
  'Kilobits', 'Megabits', 'Gigabits', 'Terabits', 'Percent', 'Count', 'Bytes/Second', 'Kilobytes/Second',
  'Megabytes/Second', 'Gigabytes/Second', 'Terabytes/Second', 'Bits/Second', 'Kilobits/Second', 'Megabits/Second',
  'Gigabits/Second', 'Terabits/Second', 'Count/Second', 'None',
]) // prettier-ignore
