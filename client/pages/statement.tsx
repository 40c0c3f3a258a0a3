import { t, type TextKey } from '../i18n/i18n.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { SettingsButton } from './settings-button.tsx'

const HELPS = [
  'access.help.keys',
  'access.help.eyes',
  'access.help.ears',
  'access.help.drive',
  'access.help.posts',
  'access.help.teacher',
] as const
const GAPS = ['access.gap.picture', 'access.gap.english', 'access.gap.outside'] as const

/** What this game does so that everybody can play it, and where it still falls short. */
export const Statement = () => (
  <div class="landing">
    <header class="landing-top">
      <a class="wordmark" href="/">
        Nuageville
      </a>
      <span class="top-tools">
        <SettingsButton />
        <LanguageSwitch />
      </span>
    </header>
    <main class="statement">
      <h1>{t('access.title')}</h1>
      <p>{t('access.aim')}</p>
      <Part title="access.helps" points={HELPS} />
      <Part title="access.gaps" points={GAPS} />
      <h2>{t('access.checks')}</h2>
      <p>{t('access.checked')}</p>
      <h2>{t('access.tell')}</h2>
      <p>{t('access.tell.whom')}</p>
      <p>
        <a class="button" href="/">
          {t('play.home')}
        </a>
      </p>
    </main>
  </div>
)

const Part = ({ title, points }: { readonly title: TextKey; readonly points: readonly TextKey[] }) => (
  <section>
    <h2>{t(title)}</h2>
    <ul>
      {points.map((point) => (
        <li key={point}>{t(point)}</li>
      ))}
    </ul>
  </section>
)
