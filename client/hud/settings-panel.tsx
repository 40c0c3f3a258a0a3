import type { ComponentChildren } from 'preact'

import { language, t, type TextKey } from '../i18n/i18n.ts'
import { LANGUAGES } from '../view/language.ts'
import { SWITCH_SECONDS, TEXT_SCALES, type Settings, type Volumes } from '../view/settings.ts'
import { AssistFields, Check, Choice } from './assist-fields.tsx'
import { KeyTable } from './key-table.tsx'
import { change, chooseLanguage, settings } from './preferences.ts'

/** Everything a player may choose, saved on this device at once. */
export function SettingsPanel() {
  return (
    <form class="settings" onSubmit={(event) => event.preventDefault()}>
      <Group title="settings.language">
        <Languages />
      </Group>
      <Group title="settings.sight">
        <Choice
          label="settings.text-scale"
          options={TEXT_SCALES}
          value={settings.value.textScale}
          onPick={(textScale) => change({ textScale })}
        />
        <Switch name="highContrast" />
        <Switch name="easyReading" />
        <Switch name="reducedMotion" />
        <Switch name="mapTurns" />
      </Group>
      <Group title="settings.sound">
        {VOLUMES.map((name) => (
          <Volume key={name} name={name} />
        ))}
        <Switch name="mono" />
        <Switch name="captions" />
        <Switch name="readAloud" />
      </Group>
      <Group title="settings.assists">
        <AssistFields assists={settings.value.assists} onPick={(assists) => change({ assists })} />
        <Switch name="stickyKeys" />
        <OneSwitch />
      </Group>
      <Group title="settings.keys">
        <KeyTable />
      </Group>
    </form>
  )
}

const VOLUMES = ['effects', 'engine', 'signals'] as const

const Languages = () => (
  <div class="chips">
    {LANGUAGES.map((name) => (
      <button
        key={name}
        type="button"
        class="chip"
        lang={name}
        aria-pressed={language.value === name}
        onClick={() => void chooseLanguage(name)}
      >
        {t(`language.${name}`)}
      </button>
    ))}
  </div>
)

/** How long each thing lights up, in seconds that the reader's language writes. */
function OneSwitch() {
  const seconds = new Intl.NumberFormat(language.value, { style: 'unit', unit: 'second', maximumFractionDigits: 1 })
  return (
    <label class="choice">
      <span>{t('settings.oneSwitch')}</span>
      <select
        value={settings.value.oneSwitch}
        onChange={(event) => change({ oneSwitch: Number(event.currentTarget.value) })}
      >
        {SWITCH_SECONDS.map((option) => (
          <option key={option} value={option}>
            {option === 0 ? t('volume.off') : seconds.format(option)}
          </option>
        ))}
      </select>
    </label>
  )
}

const Group = ({ title, children }: { readonly title: TextKey; readonly children: ComponentChildren }) => (
  <fieldset class="settings-group">
    <legend>{t(title)}</legend>
    {children}
  </fieldset>
)

type SwitchName = {
  [Name in keyof Settings]: Settings[Name] extends boolean ? Name : never
}[keyof Settings]

const Switch = ({ name }: { readonly name: SwitchName }) => (
  <Check label={`settings.${name}`} isOn={settings.value[name]} onToggle={(isOn) => change({ [name]: isOn })} />
)

function Volume({ name }: { readonly name: keyof Volumes }) {
  const { volumes } = settings.value
  const value = volumes[name]
  return (
    <label class="choice">
      <span>{t(`volume.${name}`)}</span>
      <input
        type="range"
        min="0"
        max="1"
        step="0.1"
        value={value}
        aria-valuetext={value === 0 ? t('volume.off') : t('settings.percent', { percent: Math.round(value * 100) })}
        onInput={(event) => change({ volumes: { ...volumes, [name]: Number(event.currentTarget.value) } })}
      />
    </label>
  )
}
