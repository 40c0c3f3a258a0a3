import { useId, useState } from 'preact/hooks'

import type { CameraDial } from '../../../shared/protocol/duty.ts'
import { t } from '../../i18n/i18n.ts'
import { toWhole } from '../../view/duty.ts'
import type { DeskProps } from './props.ts'
import { NumberField } from './number-field.tsx'

/** The camera operator: when an alarm is an alarm, camera by camera. */
export function CameraDesk({ duty, onAct }: DeskProps) {
  const [chosen, setChosen] = useState(duty.cameras[0]?.camera ?? '')
  const dial = duty.cameras.find(({ camera }) => camera === chosen)
  const id = useId()
  return (
    <>
      <div class="field">
        <label for={id}>{t('desk.camera')}</label>
        <select id={id} value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
          {duty.cameras.map(({ camera, threshold }) => (
            <option key={camera} value={camera}>
              {camera} · {threshold} km/h
            </option>
          ))}
        </select>
      </div>
      {dial && <Dial key={chosen} dial={dial} onAct={onAct} />}
    </>
  )
}

const MISSING = ['notBreaching', 'breaching', 'ignore', 'missing'] as const
const FIELDS = [
  { name: 'threshold', most: 300, label: 'desk.threshold' },
  { name: 'period', most: 86_400, label: 'desk.period' },
  { name: 'datapointsToAlarm', most: 100, label: 'desk.datapoints' },
  { name: 'evaluationPeriods', most: 100, label: 'desk.evaluations' },
] as const

function Dial({ dial, onAct }: { readonly dial: CameraDial; readonly onAct: DeskProps['onAct'] }) {
  const [typed, setTyped] = useState({
    threshold: String(dial.threshold),
    period: String(dial.period),
    datapointsToAlarm: String(dial.datapointsToAlarm),
    evaluationPeriods: String(dial.evaluationPeriods),
  })
  const [missing, setMissing] = useState(dial.treatMissingData)
  const numbers = FIELDS.map(({ name, most }) => toWhole(typed[name], 1, most))
  const [threshold = null, period = null, datapointsToAlarm = null, evaluationPeriods = null] = numbers

  function put(event: Event): void {
    event.preventDefault()
    if (threshold === null || period === null || datapointsToAlarm === null || evaluationPeriods === null) return
    const { camera } = dial
    const set = { threshold, period, datapointsToAlarm, evaluationPeriods, treatMissingData: missing }
    onAct({ do: 'PutMetricAlarm', camera, ...set })
  }

  return (
    <form class="dials" onSubmit={put}>
      {FIELDS.map(({ name, most, label }) => (
        <NumberField
          key={name}
          label={t(label)}
          value={typed[name]}
          least={1}
          most={most}
          onInput={(value) => setTyped({ ...typed, [name]: value })}
        />
      ))}
      <MissingData value={missing} onPick={setMissing} />
      <button type="submit" class="button button-primary" disabled={numbers.includes(null)}>
        PutMetricAlarm
      </button>
    </form>
  )
}

interface MissingProps {
  readonly value: CameraDial['treatMissingData']
  readonly onPick: (value: CameraDial['treatMissingData']) => void
}

function MissingData({ value, onPick }: MissingProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{t('desk.missing')}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => onPick(MISSING.find((each) => each === event.currentTarget.value) ?? value)}
      >
        {MISSING.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
    </div>
  )
}
