import { describe, expect, it } from 'vitest'

import { decodeSettings, DEFAULT_SETTINGS } from '../../../client/view/settings.ts'

describe('decodeSettings', () => {
  it('gives the defaults when nothing was saved: no sound, captions on', () => {
    expect(decodeSettings(null)).toEqual(DEFAULT_SETTINGS)
    expect(DEFAULT_SETTINGS.volumes).toEqual({ effects: 0, engine: 0, signals: 0 })
    expect(DEFAULT_SETTINGS.captions).toBe(true)
  })

  it('reads back what was saved', () => {
    const mine = {
      ...DEFAULT_SETTINGS,
      language: 'fr',
      textScale: 2,
      highContrast: true,
      captions: false,
      volumes: { effects: 0.5, engine: 0, signals: 1 },
      assists: { steering: true, braking: false, speedCap: 0.7, autopilot: true },
    }
    expect(decodeSettings(JSON.stringify(mine))).toEqual(mine)
  })

  it.each(['', '{', '[]', '7', 'null', '"x"'])('survives %j', (saved) => {
    expect(decodeSettings(saved)).toEqual(DEFAULT_SETTINGS)
  })

  it('takes what is sound and drops what is odd', () => {
    const odd = { language: 'de', textScale: 9, reducedMotion: 'yes', volumes: { effects: 3 }, assists: { speedCap: 0.1, steering: true } } // prettier-ignore
    expect(decodeSettings(JSON.stringify(odd))).toEqual({
      ...DEFAULT_SETTINGS,
      assists: { ...DEFAULT_SETTINGS.assists, steering: true },
    })
  })
})
