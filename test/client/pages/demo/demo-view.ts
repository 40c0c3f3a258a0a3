import type { Chain, ChainLink, FeedEntry, LogbookLine, SeatView, Speaker } from '../../../../shared/protocol/view.ts'
import type { DutyView, Post } from '../../../../shared/protocol/duty.ts'
import type { QuestionView, StudyView } from '../../../../shared/protocol/study.ts'
import type { CauseId } from '../../../../shared/ids.ts'
import type { JsonObject } from '../../../../shared/json.ts'
import { toServiceMs } from '../../../../shared/time.ts'
import { kmh, playMs, serviceMs } from '../../../../shared/units.ts'

const OPENED_AT = toServiceMs({ year: 2026, month: 3, day: 14 }, 14 * 3_600_000)
const SCALE = 12
export const OWN_PLATE = 'FR-042'

export const momentAt = (seconds: number) => ({
  playMs: playMs(seconds * 1000),
  serviceMs: serviceMs(OPENED_AT + seconds * 1000 * SCALE),
})

/** Texts of the demonstration alone; the city's own keys are tested with the city. */
export const DEMO_TEXTS = {
  en: {
    'demo.passed': '{{plate}} passed camera A7-N at {{speed}} km/h, limit {{limit}}.',
    'demo.measured': 'The camera published SpeedKmh {{speed}} for {{plate}}.',
    'demo.alarm': 'The alarm speed-A7-N went from OK to ALARM.',
    'demo.matched': 'The rule fine-speeders recognised the alarm and called issue-fine.',
    'demo.started': 'The unit issue-fine set out from the station.',
    'demo.fined': 'The unit wrote a fine of 135 euros.',
    'demo.recorded': 'The police wrote down SendFine, called by issue-fine.',
    'demo.checked': 'The inspector found the brakes of {{plate}} worn.',
    'demo.rain': 'Rain is coming over the harbour.',
    'demo.subject': 'Speeding on the ring road',
    'demo.body':
      'Your car {{plate}} was measured at {{speed}} km/h where {{limit}} are allowed. The fine is 135 euros.',
    'demo.repair': 'Order for the garage: brakes',
    'demo.repair-body': 'The brakes of {{plate}} are worn. Drive to the garage on Quai des Brumes.',
    'demo.objective': 'Deliver the parcel to the stadium',
  },
  fr: {
    'demo.passed': '{{plate}} a passé la caméra A7-N à {{speed}} km/h, limite {{limit}}.',
    'demo.measured': 'La caméra a publié SpeedKmh {{speed}} pour {{plate}}.',
    'demo.alarm': 'L’alarme speed-A7-N est passée de OK à ALARM.',
    'demo.matched': 'La règle fine-speeders a reconnu l’alarme et appelé issue-fine.',
    'demo.started': 'L’unité issue-fine est partie de sa caserne.',
    'demo.fined': 'L’unité a écrit une amende de 135 euros.',
    'demo.recorded': 'La police a noté SendFine, appelé par issue-fine.',
    'demo.checked': 'L’inspecteur a trouvé les freins de {{plate}} usés.',
    'demo.rain': 'La pluie arrive sur le port.',
    'demo.subject': 'Excès de vitesse sur la rocade',
    'demo.body':
      'Votre voiture {{plate}} a été mesurée à {{speed}} km/h là où {{limit}} sont permis. L’amende est de 135 euros.',
    'demo.repair': 'Bon de garage : freins',
    'demo.repair-body': 'Les freins de {{plate}} sont usés. Allez au garage, quai des Brumes.',
    'demo.objective': 'Livrer le colis au stade',
  },
} as const

const params = { plate: OWN_PLATE, speed: 124.3, limit: 110 }

const entry = (id: CauseId, speaker: Speaker, key: string, seconds: number): FeedEntry => ({
  id,
  speaker,
  plate: OWN_PLATE,
  text: { key: `demo.${key}`, params },
  at: momentAt(seconds),
})

const score = (driving: number, knowledge: number) => ({
  driving,
  perMinute: driving / 5,
  knowledge,
  mostKnowledge: 15,
})
const desk = (driving: number, knowledge: number, hints: number, stuck: string | null = null) => ({
  score: score(driving, knowledge), hints, stuck, post: 'driver' as const,
}) // prettier-ignore

const STUDY: StudyView = {
  score: score(40, 12),
  stuck: null,
  post: 'driver',
  goals: [
    { id: 'deliver', text: 'goal.deliver', state: 'done', hints: [] },
    { id: 'read-the-camera', text: 'goal.read-the-camera', state: 'asking', hints: [] },
    { id: 'meet-the-centre', text: 'goal.meet-the-centre', state: 'right', hints: [] },
    { id: 'follow-the-unit', text: 'goal.follow-the-unit', state: 'wrong', hints: [] },
    { id: 'read-the-logbook', text: 'goal.read-the-logbook', state: 'open', hints: ['goal.read-the-logbook.nudge'] },
    { id: 'see-the-inspector', text: 'goal.see-the-inspector', state: 'open', hints: [] },
  ],
}

const inBoth = (en: string, fr: string) => ({ en, fr })

/** A question as the city sends it, before and after the answer. */
export const demoQuestion = (isAnswered: boolean): QuestionView => ({
  id: 'q',
  text: inBoth('What does a metric on Camera alone say?', 'Que dit une métrique sur Camera seule\u202f?'),
  options: [
    { id: 'a', text: inBoth('How fast cars went there', 'À quelle vitesse on y roulait') },
    { id: 'b', text: inBoth('Who drove too fast there', 'Qui y a roulé trop vite') },
    { id: 'c', text: inBoth('Nothing until a fine', 'Rien avant une amende') },
  ],
  verdict: isAnswered
    ? {
        chosen: 'b',
        right: 'a',
        because: {
          a: inBoth('Without Plate there is no plate.', 'Sans Plate, pas de plaque.'),
          b: inBoth('A number has no author.', 'Un nombre n’a pas d’auteur.'),
          c: inBoth('Measuring comes first.', 'On mesure d’abord.'),
        },
      }
    : null,
})

export const demoView = (role: SeatView['role']): SeatView => ({
  role,
  seatId: role === 'driver' ? 'seat-1' : null,
  room: {
    code: 'ABC234',
    scenarioId: 'discovery',
    scale: SCALE,
    paused: false,
    ended: false,
    seats: [
      {
        seatId: 'seat-1',
        name: 'Swift Otter',
        plate: OWN_PLATE,
        connected: true,
        fines: 1,
        code: 'K7QD',
        desk: desk(40, 12, 3),
      },
      {
        seatId: 'seat-2',
        name: 'Calm Falcon',
        plate: 'FR-107',
        connected: true,
        fines: 0,
        code: 'W2RT',
        desk: desk(55, 7, 0),
      },
      {
        seatId: 'seat-3',
        name: 'Hirondelle lumineuse',
        plate: 'FR-311',
        connected: false,
        fines: 3,
        code: 'H8XN',
        desk: null,
      },
      {
        seatId: 'seat-4',
        name: 'Renard vif',
        plate: 'FR-520',
        connected: true,
        fines: 12,
        code: 'P4CJ',
        desk: desk(0, 3, 5, 'goal.meet-the-centre'),
      },
    ],
  },
  weather: 'rain',
  signals: [],
  car:
    role === 'driver'
      ? {
          plate: OWN_PLATE, kind: 'sport', colour: 1, limitKmh: kmh(110), street: 'Quai des Brumes', districtId: 'harbour',
          condition: { brakeWear: 0.7, tyreTreadMm: 5, headlightsWorking: true, seatBeltFastened: false, fuel: 0.62 },
          assists: { steering: false, braking: false, speedCap: 1, autopilot: false },
          objective: { text: { key: 'demo.objective', params: {} }, x: 900, y: 250, points: 50 },
        } // prettier-ignore
      : null,
  study: role === 'driver' ? STUDY : null,
  duty: null,
  feed: [
    { ...entry('700/1', 'watch', 'passed', 35), plate: 'FR-107' },
    { ...entry('790/1', 'street', 'rain', 39.5), plate: null },
    entry('812/4', 'watch', 'measured', 40.6),
    entry('900/1', 'watch', 'alarm', 45),
    entry('900/2', 'bridge', 'matched', 45),
    entry('900/3', 'lambda', 'started', 45),
    entry('911/2', 'trail', 'recorded', 45.6),
    entry('960/1', 'config', 'checked', 48),
  ],
  inbox: [
    {
      id: '911/1', kind: 'fine', from: 'issue-fine', at: momentAt(45.6),
      subject: { key: 'demo.subject', params }, body: { key: 'demo.body', params },
    },
    {
      id: '970/1', kind: 'repair', from: 'garage-brakes', at: momentAt(48.5),
      subject: { key: 'demo.repair', params }, body: { key: 'demo.repair-body', params },
    },
  ], // prettier-ignore
  logbook: [
    line('640/1', 'TurnLeft', 32),
    line('700/9', 'StopAtRed', 35, 'FR-107'),
    line('812/2', 'ExceedLimit', 40.6),
    { ...line('850/1', 'DeleteAlarms', 42.5), plate: null, category: 'Management', principal: 'nuit-bot', eventSource: 'monitoring.amazonaws.com', errorCode: 'AccessDenied' },
    { ...line('911/2', 'SendFine', 45.6), category: 'Management', principal: 'issue-fine', eventSource: 'fines.city' },
  ], // prettier-ignore
  alarms: [],
  fleet: [],
  units: [],
  rules: [],
})

function line(id: CauseId, eventName: string, seconds: number, plate = OWN_PLATE): LogbookLine {
  return {
    id,
    eventName,
    plate,
    eventSource: 'vehicle.city',
    principal: 'Swift Otter',
    category: 'Data',
    awsRegion: 'eu-west-3',
    errorCode: null,
    at: momentAt(seconds),
  }
}

interface LinkSpec {
  readonly id: CauseId
  readonly cause: CauseId | null
  readonly speaker: Speaker
  readonly name: string
  readonly key: string
  readonly seconds: number
  readonly json: JsonObject
}

const link = ({ key, seconds, ...rest }: LinkSpec): ChainLink => ({
  ...rest,
  text: { key: `demo.${key}`, params },
  at: momentAt(seconds),
})

export const DEMO_CHAIN: Chain = {
  links: [
    link({ id: '812/3', cause: null, speaker: 'street', name: 'camera-passed', key: 'passed', seconds: 40.6, json: { cameraId: 'A7-N', plate: OWN_PLATE, speedKmh: 124.3 } }),
    link({ id: '812/4', cause: '812/3', speaker: 'watch', name: 'SpeedKmh', key: 'measured', seconds: 40.6, json: { Namespace: 'City/Traffic', MetricName: 'SpeedKmh', Dimensions: [{ Name: 'Camera', Value: 'A7-N' }], Value: 124.3 } }),
    link({ id: '900/1', cause: '812/4', speaker: 'watch', name: 'CloudWatch Alarm State Change', key: 'alarm', seconds: 45, json: { alarmName: 'speed-A7-N', state: { value: 'ALARM' }, previousState: { value: 'OK' } } }),
    link({ id: '900/2', cause: '900/1', speaker: 'bridge', name: 'fine-speeders', key: 'matched', seconds: 45, json: { source: ['aws.cloudwatch'], detail: { state: { value: ['ALARM'] } } } }),
    link({ id: '900/3', cause: '900/2', speaker: 'lambda', name: 'issue-fine', key: 'started', seconds: 45, json: { requestId: '1f0c…', coldStart: true } }),
    link({ id: '911/1', cause: '900/3', speaker: 'mail', name: 'SendFine', key: 'fined', seconds: 45.6, json: { to: 'fr-042@nuageville.example', amount: 135 } }),
  ],
  after: [link({ id: '911/2', cause: '911/1', speaker: 'trail', name: 'SendFine', key: 'recorded', seconds: 45.6, json: { eventName: 'SendFine' } })],
} // prettier-ignore

/** What changes when the driver of the demonstration takes a post. */
export function demoPost({ study }: SeatView, post: Post): Partial<SeatView> {
  const dial = {
    threshold: 110,
    period: 60,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    treatMissingData: 'missing',
  } as const
  const duty: DutyView = {
    post,
    cameras: [{ camera: 'A7-N', ...dial }, { camera: 'QUAI-1', ...dial }],
    configRules: [
      { rule: 'tyre-tread-minimum', sourceIdentifier: 'TYRE_TREAD_MINIMUM', inputParameters: '{"minTreadMm":"1.6"}', compliant: 12, nonCompliant: 3 },
    ],
    trail: { name: 'police-logbook', isLogging: true, dataEvents: true },
    pool: { unreserved: 994, least: 100 },
  } // prettier-ignore
  return {
    duty: post === 'driver' ? null : duty,
    study: study && { ...study, post },
    units: [{ functionName: 'issue-fine', running: 2, queued: 5, warm: 1, reservedConcurrency: 4, throttles: 3 }],
    rules: [
      { ruleName: 'fine-speeders', pattern: '{"source":["aws.cloudwatch"]}', enabled: true, matches: 7, targets: ['issue-fine'] },
      { ruleName: 'repair-unsafe-cars', pattern: '{"source":["aws.config"]}', enabled: false, matches: 0, targets: ['repair-car'] },
    ],
  } // prettier-ignore
}
