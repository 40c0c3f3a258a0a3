import { chooseLanguage } from '../hud/preferences.ts'
import { language, t } from '../i18n/i18n.ts'
import { LANGUAGES } from '../view/language.ts'

/** French or English, at any time and without a reload. */
export function LanguageSwitch() {
  return (
    <div class="language" role="group" aria-label={t('settings.language')}>
      {LANGUAGES.map((name) => (
        <button
          key={name}
          type="button"
          lang={name}
          aria-pressed={language.value === name}
          aria-label={t(`language.${name}`)}
          onClick={() => void chooseLanguage(name)}
        >
          {name.toUpperCase()}
        </button>
      ))}
    </div>
  )
}
