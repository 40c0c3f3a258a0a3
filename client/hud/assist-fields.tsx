import type { Assists } from '../../shared/model/command.ts'
import { t, type TextKey } from '../i18n/i18n.ts'
import { SPEED_CAPS } from '../view/settings.ts'

interface AssistFieldsProps {
  readonly assists: Assists
  readonly onPick: (assists: Assists) => void
}

/** What helps with driving: a driver's own choice, or what a teacher gives a seat. */
export function AssistFields({ assists, onPick }: AssistFieldsProps) {
  const pick = (part: Partial<Assists>) => onPick({ ...assists, ...part })
  return (
    <>
      <Check label="assist.steering" isOn={assists.steering} onToggle={(steering) => pick({ steering })} />
      <Check label="assist.braking" isOn={assists.braking} onToggle={(braking) => pick({ braking })} />
      <Check label="assist.autopilot" isOn={assists.autopilot} onToggle={(autopilot) => pick({ autopilot })} />
      <Choice
        label="assist.speed-cap"
        options={SPEED_CAPS}
        value={assists.speedCap}
        onPick={(speedCap) => pick({ speedCap })}
      />
    </>
  )
}

interface CheckProps {
  readonly label: TextKey
  readonly isOn: boolean
  readonly onToggle: (isOn: boolean) => void
}

export const Check = ({ label, isOn, onToggle }: CheckProps) => (
  <label class="check">
    <input type="checkbox" role="switch" checked={isOn} onChange={(event) => onToggle(event.currentTarget.checked)} />
    <span>{t(label)}</span>
  </label>
)

interface ChoiceProps {
  readonly label: TextKey
  readonly options: readonly number[]
  readonly value: number
  readonly onPick: (value: number) => void
}

/** Shares of full, shown as per cent. */
export const Choice = ({ label, options, value, onPick }: ChoiceProps) => (
  <label class="choice">
    <span>{t(label)}</span>
    <select value={value} onChange={(event) => onPick(Number(event.currentTarget.value))}>
      {options.map((option) => (
        <option key={option} value={option}>
          {t('settings.percent', { percent: Math.round(option * 100) })}
        </option>
      ))}
    </select>
  </label>
)
