import type { InvocationCompletion } from '../../shared/aws/invocation.ts'
import { decodeScenario, type Scenario } from '../../shared/content/scenario.ts'
import type { City } from '../../server/city/city.ts'
import type { CodeRun } from '../../server/city/code-runs.ts'
import type { CityCommand } from '../../server/city/command.ts'
import { tick } from '../../server/city/tick.ts'
import { discovery, openDiscovery } from './test-city.ts'

/** A scenario with one of everything that Discovery has not: alarm actions, work orders, players' code, lost letters. */

export const PLATE = 'AB-005-NV'

const GREETER = `export const handler = ({ detail }) => {
  const { plate } = detail.requestParameters
  log('hello', plate)
  sendFine({ plate, amount: 35, reason: 'no sticker', key: plate })
  setSign({ roadId: 'a7-north', limitKmh: 90 })
  return 'greeted'
}`

const limits = {
  statistic: 'Sum',
  period: 60,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  threshold: 0,
  comparisonOperator: 'GreaterThanThreshold',
  treatMissingData: 'notBreaching',
}

const services = {
  ...discovery.services,
  alarms: discovery.services.alarms.map((alarm) => ({
    ...alarm,
    alarmActions: ['function:issue-fine', 'function:witness', 'topic:town-crier'],
  })),
  metricAlarms: [
    {
      ...limits,
      name: 'errors',
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensions: { FunctionName: 'faulty' },
    },
    { ...limits, name: 'silence', namespace: 'City', metricName: 'Silence', dimensions: {} },
  ],
  compositeAlarms: [
    { name: 'trouble', rule: 'ALARM("errors") AND NOT ALARM("silence")', alarmActions: ['topic:town-crier'] },
  ],
  rules: [
    {
      name: 'greet',
      eventPattern: { source: ['city.vehicle'], detail: { eventName: ['StartEngine'] } },
      targets: [
        { id: 'greeter', functionName: 'greeter' },
        { id: 'faulty', functionName: 'faulty', deadLetterQueue: 'undeliverable' },
      ],
    },
  ],
  units: [
    ...discovery.services.units.filter((unit) => unit.functionName === 'issue-fine'),
    { functionName: 'greeter', role: 'greeter-role', timeout: 900, code: GREETER, onSuccess: 'function:witness' },
    {
      functionName: 'faulty',
      role: 'faulty-role',
      timeout: 900,
      code: 'export const handler = () => { throw new Error("broken") }',
      maximumRetryAttempts: 0,
      deadLetterTarget: 'queue:lost-letters',
      onFailure: 'topic:town-crier',
    },
    { functionName: 'witness', role: 'witness-role', timeout: 900, code: 'export const handler = () => 1' },
  ],
  configRules: [
    {
      name: 'headlights-working',
      sourceIdentifier: 'HEADLIGHTS_WORKING',
      inputParameters: {},
      remediation: { document: 'City-RepairHeadlights', automatic: true },
    },
    {
      name: 'tyre-tread-minimum',
      sourceIdentifier: 'TYRE_TREAD_MINIMUM',
      inputParameters: { minTreadMm: 1.6 },
      remediation: { document: 'City-NoSuchProcedure', automatic: true },
    },
  ],
  concurrency: { account: 20, unreserved: 5 },
  trail: { ...discovery.services.trail, invocations: true },
}

export const workshop: Scenario = (() => {
  const decoded = decodeScenario({ ...discovery, id: 'workshop', services, injects: [] })
  if (!decoded.ok) throw new Error(`${decoded.error.path}: ${decoded.error.reason}`)
  return decoded.value
})()

export const openWorkshop = (bots = 0): City => openDiscovery({ bots, scenario: workshop })

export const join: CityCommand = { kind: 'join', seatId: 's1', plate: PLATE, vehicle: 'sedan', colour: 3 }

/** What the workshop's handlers do, without a sandbox. */
function runByHand({ start }: CodeRun): CityCommand {
  const common = { requestId: start.requestId, attempt: start.attempt, logLines: ['hello'], durationMs: 40 }
  const completions: Record<string, InvocationCompletion> = {
    greeter: {
      ...common,
      outcome: { kind: 'returned', payload: 'greeted' },
      calls: [
        { name: 'sendFine', plate: PLATE, amount: 35, reason: 'no sticker', key: PLATE },
        { name: 'sendFine', plate: PLATE, amount: 35, reason: 'no sticker', key: PLATE },
        { name: 'sendFine', plate: 'ZZ-000-NV', amount: 35, reason: 'nobody' },
        { name: 'repair', plate: PLATE, part: 'brakes' },
        { name: 'setSign', roadId: 'a7-north', limitKmh: 90 as never },
        { name: 'closeRoad', roadId: 'no-such-road', closed: true },
      ],
    },
    faulty: { ...common, outcome: { kind: 'threw', errorType: 'Error', errorMessage: 'broken' } },
    witness: { ...common, outcome: { kind: 'returned', payload: 1 } },
  }
  const completion = completions[start.functionName]
  if (completion === undefined) throw new Error(`no handler for ${start.functionName}`)
  return { kind: 'complete-invocation', completion }
}

/** A tick's commands as they went in: what a replay needs. */
export interface Played {
  readonly city: City
  readonly journal: readonly (readonly CityCommand[])[]
}

/** Plays on for so many ticks, answering for the sandbox in the tick after each start. */
export function play(
  first: City,
  ticks: number,
  { each = () => {}, begin = [] }: { each?: (city: City) => void; begin?: readonly CityCommand[] } = {},
): Played {
  let city = first
  const journal: (readonly CityCommand[])[] = []
  for (let n = 0; n < ticks; n += 1) {
    const asked = [...(n === 0 ? begin : []), ...city.runs.map(runByHand)]
    journal.push(asked)
    city = tick(city, asked)
    each(city)
  }
  return { city, journal }
}
