import { alarmArn } from '../../../shared/aws/account.ts'
import type { AlarmState } from '../../../shared/aws/alarm.ts'
import type { Dimensions } from '../../../shared/aws/metric.ts'
import type { AlarmCard, Graph, GraphFrame, GraphPoints, ThingCard } from '../../../shared/protocol/xray.ts'
import { serviceMs } from '../../../shared/units.ts'
import { viewAlarm, viewHistoryItem } from '../../services/watch/api-view.ts'
import { describeAlarmHistory } from '../../services/watch/describe.ts'
import { getMetricData } from '../../services/watch/queries.ts'
import type { MetricAlarm } from '../../services/watch/state.ts'
import type { City } from '../city.ts'
import { momentAt, momentOf } from '../clock.ts'
import { SPEED_METRIC, SPEED_NAMESPACE } from '../to-services.ts'
import { mayKnow, type Viewer } from '../views.ts'
import { answered, fact, MOST_RELATED, names, newsOf, toAnswer, toCard } from './card.ts'

/** Periods that a curve shows: ten minutes of the shortest ones. */
const PERIODS = 60
const HISTORY = 8
/** The worst first: one camera may feed many alarms. */
const GRAVITY: readonly AlarmState[] = ['ALARM', 'INSUFFICIENT_DATA', 'OK']

/** A metric and how its alarms look at it. */
export interface Curve {
  readonly namespace: string
  readonly metricName: string
  readonly dimensions: Dimensions
  readonly statistic: string
  readonly periodSeconds: number
  readonly threshold: number | null
}

/** A camera: the source of a metric, and of the alarms on it that the viewer may know of. */
export function describeCamera(city: City, viewer: Viewer, id: string): ThingCard | null {
  if (!city.map.cameras.some((camera) => camera.id === id)) return null
  const curve = speedCurve(city, id)
  const alarms = alarmsOf(city, viewer, ({ dimensions }) => dimensions['Camera'] === id)
  return toCard({
    ref: { kind: 'camera', id },
    speaker: 'watch',
    type: 'AWS::CloudWatch::Metric',
    name: `${curve.namespace} ${curve.metricName} {Camera: ${id}}`,
    arn: null,
    about: { key: 'thing.camera.about', params: { camera: id } },
    graph: graphOf(city, curve),
    news: newsOf(city, names(id)),
    ...withAlarms(city, alarms, curve),
  })
}

export function describeAlarm(city: City, viewer: Viewer, name: string): ThingCard | null {
  const [found] = alarmsOf(city, viewer, ({ alarm }) => alarm.config.AlarmName === name)
  if (found === undefined) return null
  const curve = curveOf(found)
  const { Plate: plate, Camera: camera } = found.dimensions
  return toCard({
    ref: { kind: 'alarm', id: name },
    speaker: 'watch',
    type: 'AWS::CloudWatch::Alarm',
    name,
    arn: alarmArn(name),
    about: { key: 'thing.alarm.about', params: { threshold: found.alarm.config.Threshold ?? '' } },
    facts: [
      fact('state', found.alarm.status.value),
      fact('datapoints', `${found.alarm.config.DatapointsToAlarm ?? 1} / ${found.alarm.config.EvaluationPeriods}`),
      fact('missing', found.alarm.config.TreatMissingData ?? 'missing'),
    ],
    graph: graphOf(city, curve),
    news: newsOf(city, names(name)),
    related: [
      ...(camera === undefined ? [] : [{ ref: { kind: 'camera', id: camera }, type: 'AWS::CloudWatch::Metric', name: camera, state: null } as const]), // prettier-ignore
      ...(plate === undefined ? [] : [{ ref: { kind: 'vehicle', id: plate }, type: 'City::Fleet::Vehicle', name: plate, state: null } as const]), // prettier-ignore
    ],
    ...withAlarms(city, [found], curve),
  })
}

interface Found {
  readonly alarm: MetricAlarm
  readonly dimensions: Dimensions
}

/** The newest changes first. */
export function alarmsOf(city: City, viewer: Viewer, isWanted: (found: Found) => boolean): readonly Found[] {
  return metricAlarms(city)
    .filter(
      (found) => isWanted(found) && (!found.dimensions['Plate'] || mayKnow(city, viewer, found.dimensions['Plate'])),
    )
    .toSorted((a, b) => b.alarm.status.transitionedAt - a.alarm.status.transitionedAt)
    .slice(0, MOST_RELATED)
}

const metricAlarms = ({ watch }: City): Found[] =>
  Object.values(watch.alarms).flatMap((alarm) => (alarm.kind === 'metric' ? [{ alarm, dimensions: dimensionsOf(alarm) }] : [])) // prettier-ignore

const dimensionsOf = ({ config }: MetricAlarm): Dimensions =>
  Object.fromEntries((config.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]))

/** By camera, the gravest state of its alarms, whoever's they are: a lamp has no plate. */
export function gravestStates(city: City): ReadonlyMap<string, AlarmState> {
  const states = new Map<string, AlarmState>()
  for (const { alarm, dimensions } of metricAlarms(city)) {
    const camera = dimensions['Camera']
    const known = camera === undefined ? undefined : states.get(camera)
    if (camera === undefined || (known !== undefined && isGraver(known, alarm.status.value))) continue
    states.set(camera, alarm.status.value)
  }
  return states
}

const isGraver = (a: AlarmState, b: AlarmState) => GRAVITY.indexOf(a) <= GRAVITY.indexOf(b)

function withAlarms(city: City, found: readonly Found[], curve: Curve): Pick<ThingCard, 'alarms' | 'answers'> {
  const history = found.flatMap(({ alarm }) => historyOf(city, alarm.config.AlarmName))
  return {
    alarms: found.map(({ alarm }) => toAlarmCard(city, alarm)),
    answers: [
      toAnswer('GetMetricData', printData(city, curve)),
      toAnswer('DescribeAlarms', { MetricAlarms: found.map(({ alarm }) => viewAlarm(alarm)), CompositeAlarms: [] }),
      toAnswer('DescribeAlarmHistory', { AlarmHistoryItems: history.slice(0, HISTORY).map(viewHistoryItem) }),
    ],
  }
}

const historyOf = ({ watch }: City, name: string) =>
  answered(describeAlarmHistory(watch, { AlarmName: name, MaxRecords: HISTORY }))?.AlarmHistoryItems ?? []

function toAlarmCard(city: City, { arn, status, config }: MetricAlarm): AlarmCard {
  return {
    name: config.AlarmName,
    arn,
    state: status.value,
    reason: status.reason,
    since: momentOf(city.clock, status.transitionedAt),
    history: historyOf(city, config.AlarmName).map(({ at, type, summary }) => ({
      at: momentOf(city.clock, at),
      type,
      summary,
    })),
  }
}

/** What a camera measures, as the scenario's alarms look at it. */
export function speedCurve({ scenario }: City, cameraId: string): Curve {
  const { alarms, metricAlarms: fixed = [] } = scenario.services
  const alarm =
    alarms.find(({ metricName }) => metricName === SPEED_METRIC) ??
    fixed.find(({ metricName, dimensions }) => metricName === SPEED_METRIC && dimensions['Camera'] === cameraId)
  return {
    namespace: SPEED_NAMESPACE,
    metricName: SPEED_METRIC,
    dimensions: { Camera: cameraId },
    statistic: alarm?.statistic ?? 'Maximum',
    periodSeconds: alarm?.period ?? 60,
    threshold: alarm?.threshold ?? null,
  }
}

const curveOf = ({ alarm: { config }, dimensions }: Found): Curve => ({
  namespace: config.Namespace ?? '',
  metricName: config.MetricName ?? '',
  dimensions,
  statistic: config.Statistic ?? 'Maximum',
  periodSeconds: config.Period ?? 60,
  threshold: config.Threshold ?? null,
})

/** The last periods of a metric, the one that runs included. */
const graphOf = (city: City, curve: Curve): Graph => ({
  ...frameOf(city, curve),
  threshold: curve.threshold,
  points: pointsOf(city, [curve])[0] ?? [],
})

export function frameOf({ clock, tick }: City, { metricName, statistic, periodSeconds }: Curve): GraphFrame {
  const length = periodSeconds * 1000
  const end = (Math.floor(momentAt(clock, tick).serviceMs / length) + 1) * length
  // Nothing was measured before the city opened, and play has no time before its first second.
  const opened = Math.ceil(clock.startsAt / length) * length
  const from = Math.max(opened, end - PERIODS * length)
  const periods = Math.max(1, (end - from) / length)
  return { metricName, statistic, periodSeconds, periods, from: momentOf(clock, serviceMs(from)) }
}

/** What was measured in the frame of the first of several curves, curve by curve, in one question. */
export function pointsOf(city: City, curves: readonly Curve[]): GraphPoints['points'][] {
  const [first] = curves
  if (first === undefined) return []
  const { from, periodSeconds } = frameOf(city, first)
  const results = askData(city, [first, ...curves.slice(1)])?.MetricDataResults ?? []
  return results.map(({ Timestamps, Values }) =>
    Timestamps.map((at, i) => [Math.round((at - from.serviceMs) / (periodSeconds * 1000)), Values[i] ?? 0]),
  )
}

function askData(city: City, curves: readonly [Curve, ...Curve[]]) {
  const { from, periodSeconds, periods } = frameOf(city, curves[0])
  return answered(
    getMetricData(city.watch, {
      StartTime: from.serviceMs,
      EndTime: serviceMs(from.serviceMs + periods * periodSeconds * 1000),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: curves.map(({ namespace, metricName, dimensions, statistic, periodSeconds }, i) => ({
        Id: `m${i}`,
        Label: metricName,
        MetricStat: {
          Metric: {
            Namespace: namespace,
            MetricName: metricName,
            Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          },
          Period: periodSeconds,
          Stat: statistic,
        },
      })),
    }),
  )
}

function printData(city: City, curve: Curve): object {
  const results = askData(city, [curve])?.MetricDataResults ?? []
  const inSeconds = results.map((result) => ({ ...result, Timestamps: result.Timestamps.map((at) => at / 1000) }))
  return { MetricDataResults: inSeconds, Messages: [] }
}
