import { ACTIONS } from '../../client/view/bindings.ts'
import { LANGUAGES } from '../../client/view/language.ts'
import type { PartLevel } from '../../client/view/car-state.ts'
import type { CardId } from '../../client/view/first-minute.ts'
import type { TouchZone } from '../../client/input/touch.ts'
import type { LinkState } from '../../client/net/feed.ts'
import type { RuleRun } from '../../server/services/config/state.ts'
import type { AttemptEnded, InvocationEnd } from '../../shared/aws/invocation.ts'
import type { AlarmState } from '../../shared/aws/alarm.ts'
import type { ComplianceType, ItemStatus } from '../../shared/aws/item.ts'
import type { Principal } from '../../shared/aws/record.ts'
import type { StationKind } from '../../shared/model/city-map.ts'
import type { Weather } from '../../shared/model/command.ts'
import type { FactKind, FactOf, ManoeuvreName } from '../../shared/model/fact.ts'
import type { VehicleKind, VehiclePart } from '../../shared/model/vehicle.ts'
import type { RefusalCode } from '../../shared/protocol/messages.ts'
import { POSTS } from '../../shared/protocol/duty.ts'
import type { GoalState } from '../../shared/protocol/study.ts'
import type { InboxEntry, LogbookLine, Speaker } from '../../shared/protocol/view.ts'
import type { RunStart } from '../../shared/protocol/xray.ts'

/** The members of a union, listed so that the compiler notices a missing or a foreign one. */
const listOf = <T extends string>(members: Readonly<Record<T, true>>): readonly T[] => Object.keys(members) as T[]

const speakers = listOf<Speaker>({ street: true, trail: true, watch: true, config: true, bridge: true, lambda: true, mail: true }) // prettier-ignore
const agents = listOf<Exclude<Speaker, 'street' | 'mail'>>({ trail: true, watch: true, config: true, bridge: true, lambda: true }) // prettier-ignore
const parts = listOf<VehiclePart>({ brakes: true, tyres: true, headlights: true, seatBelt: true, fuel: true })
const levels = listOf<PartLevel>({ good: true, worn: true, bad: true })
const letters = listOf<InboxEntry['kind']>({ fine: true, repair: true, notice: true })
const alarms = listOf<AlarmState>({ OK: true, ALARM: true, INSUFFICIENT_DATA: true })
const items = listOf<ItemStatus>({
  ResourceDiscovered: true, OK: true, ResourceDeleted: true, ResourceNotRecorded: true, ResourceDeletedNotRecorded: true,
}) // prettier-ignore
const verdicts = listOf<ComplianceType>({ COMPLIANT: true, NON_COMPLIANT: true, NOT_APPLICABLE: true })
const ends = listOf<InvocationEnd['condition']>({ Success: true, RetriesExhausted: true, EventAgeExceeded: true, ZeroReservedConcurrency: true }) // prettier-ignore
const attempts = listOf<AttemptEnded['outcome']>({ returned: true, threw: true, crashed: true, 'timed-out': true })
const triggers = listOf<RuleRun['trigger']>({ periodic: true, 'on-demand': true })
const principals = listOf<Principal['type']>({ IAMUser: true, AssumedRole: true, AWSService: true, Root: true })
const categories = listOf<LogbookLine['category']>({ Management: true, Data: true })
const links = listOf<LinkState>({ websocket: true, polling: true, reconnecting: true, closed: true, solo: true })
const zones = listOf<TouchZone>({ left: true, right: true, brake: true, boost: true })
const weathers = listOf<Weather>({ clear: true, rain: true, fog: true })
const errands = listOf<FactOf<'errand-offered'>['errand']>({ delivery: true, fare: true, patrol: true })
const manoeuvres = listOf<ManoeuvreName>({
  TurnLeft: true, TurnRight: true, StopAtRed: true, RunRed: true, ExceedLimit: true, Park: true, GoOn: true,
}) // prettier-ignore
/** Calls that the screens tell as deeds; any other is a `call.other`. */
const calls = [
  ...manoeuvres,
  'CloseRoad', 'DeleteAlarms', 'DisableRule', 'EnableRule', 'Invoke', 'OpenRoad', 'PutConfigRule', 'PutEvaluations', 'PutEventSelectors',
  'PutFunctionConcurrency', 'PutMetricAlarm', 'PutRule', 'RepairVehicle', 'SendFine', 'SendNotice', 'SetSign', 'StartAutomationExecution',
  'StartConfigRulesEvaluation', 'StartEngine', 'StartLogging', 'StopEngine', 'StopLogging', 'other',
] // prettier-ignore
const facts = listOf<Exclude<FactKind, 'manoeuvre'>>({
  'vehicle-joined': true, 'vehicle-left': true, 'camera-passed': true, 'condition-changed': true,
  'vehicle-inspected': true, 'unit-departed': true, 'unit-arrived': true, 'unit-returned': true,
  'unit-unavailable': true, 'patrol-noted': true, 'part-repaired': true, 'errand-offered': true, 'errand-done': true,
  'weather-changed': true, 'camera-switched': true, 'limit-set': true, 'road-closed': true, 'deadlock-cleared': true,
  'command-refused': true,
}) // prettier-ignore
const refusals = listOf<RefusalCode>({
  malformed: true, 'too-fast': true, 'too-slow': true, 'not-joined': true, 'unknown-room': true, 'room-full': true, 'room-ended': true,
  'wrong-key': true, 'wrong-version': true, 'not-allowed': true, 'unknown-id': true, 'unknown-seat': true,
  'unknown-plate': true, 'out-of-range': true, taken: true, full: true, 'not-now': true,
}) // prettier-ignore
const cards = listOf<CardId>({
  steer: true, go: true, 'catch-up': true, 'bot-flash': true, 'your-turn': true, 'first-mail': true, 'first-watch': true, 'first-lambda': true,
  'first-bridge': true, 'first-trail': true, 'first-config': true,
}) // prettier-ignore

const goalStates = listOf<GoalState>({ open: true, asking: true, right: true, wrong: true, done: true })

const stations = listOf<StationKind>({ command: true, police: true, inspection: true, response: true, garage: true, hospital: true, depot: true }) // prettier-ignore
const places = ['response', 'garage', 'hospital', 'depot'] as const satisfies readonly StationKind[]
const runs = listOf<RunStart>({ cold: true, warm: true, idle: true })
const vehicles = listOf<VehicleKind>({
  sedan: true, taxi: true, van: true, bus: true, motorbike: true, sport: true, police: true, inspector: true, response: true,
  ambulance: true, 'tow-truck': true, drone: true,
}) // prettier-ignore

const directions = ['ahead', 'behind', 'left', 'right']

const each = (members: readonly string[], ending: string) => members.map((member) => `${member}${ending}`)

/**
 * Families of keys that are put together when the game runs: what stands before the first gap, and every way it can go
 * on. Whoever writes a new one, in the screens or in the city, adds it here.
 */
export const TEXT_FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'action.': ACTIONS,
  'agent.': [...speakers, ...each(agents, '.job')],
  'caption.horn.': [...directions, 'own'],
  'caption.shutter.': directions,
  'caption.siren.': directions,
  'call.': calls,
  'card.': [...cards, 'steer-by-thumb', 'go-by-thumb'],
  'chain.': facts,
  'chain.action.': ['function', 'topic'],
  'chain.alarm.': alarms,
  'chain.attempt.': attempts,
  'chain.compliance.': verdicts,
  'chain.end.': ends,
  'chain.item.': items,
  'chain.letter.': letters,
  'chain.manoeuvre.': manoeuvres,
  'chain.record.': principals,
  'chain.run.': triggers,
  'errand.': errands,
  'goals.state.': goalStates,
  'desk.unit.': ['running', 'warm', 'queued', 'throttles'],
  'language.': LANGUAGES,
  'link.': links,
  'logbook.category.': categories,
  'logbook.filter.': ['all', 'mine', ...categories],
  'mail.repair.': [...each(parts, '.subject'), ...each(parts, '.body')],
  'mailbox.kind.': letters,
  'panel.': ['mailbox', 'logbook', 'feed', 'settings', 'goals', 'post', 'why', 'nearby', 'class', 'thing'],
  'part.': [...parts, ...parts.flatMap((part) => levels.map((level) => `${part}.${level}`))],
  'post.': [...POSTS, ...POSTS.map((post) => `${post}.job`)],
  'refusal.': refusals,
  'seat.': ['here', 'away'],
  'settings.': [
    'highContrast',
    'easyReading',
    'reducedMotion',
    'mapTurns',
    'mono',
    'captions',
    'readAloud',
    'stickyKeys',
  ],
  'nearby.side.': directions,
  'thing.': [
    ...places,
    'alarm',
    'bus',
    'camera',
    'config-rule',
    'function',
    'inspector',
    'rule',
    'trail',
    'vehicle',
  ].map((kind) => `${kind}.about`),
  'thing.fact.': [
    'bucket', 'car', 'concurrency', 'datapoints', 'judged', 'last-record', 'logging', 'matches', 'missing', 'multi-region', 'non-compliant',
    'on-the-way-to', 'parameters', 'queued', 'recording', 'reserved', 'resources', 'rules', 'running', 'state', 'targets', 'throttled',
    'under-way', 'warm', 'work-orders',
  ], // prettier-ignore
  'thing.what.': [
    'camera',
    'own',
    ...stations.map((kind) => `station.${kind}`),
    ...vehicles.map((kind) => `vehicle.${kind}`),
  ],
  'touch.': zones,
  'volume.': ['effects', 'engine', 'signals'],
  'weather.': weathers,
  'xray.run.': runs,
}
