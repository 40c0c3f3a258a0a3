import { describe, expect, it } from 'vitest'

import { DEFAULT_BINDINGS } from '../../../client/view/bindings.ts'
import { keyLabel, readLayout, type KeyboardLayout } from '../../../client/input/key-labels.ts'
import type { Language } from '../../../client/view/language.ts'

const QWERTY: KeyboardLayout = new Map([['KeyW', 'w'], ['KeyA', 'a'], ['KeyS', 's'], ['KeyD', 'd']]) // prettier-ignore
const AZERTY: KeyboardLayout = new Map([['KeyW', 'z'], ['KeyA', 'q'], ['KeyS', 's'], ['KeyD', 'd']]) // prettier-ignore
const QWERTZ: KeyboardLayout = new Map([['KeyW', 'w'], ['KeyA', 'a'], ['KeyS', 's'], ['KeyD', 'd'], ['KeyZ', 'y']]) // prettier-ignore

const driving = (layout: KeyboardLayout | null, language: Language) =>
  [DEFAULT_BINDINGS.accelerate, DEFAULT_BINDINGS.left, DEFAULT_BINDINGS.brake, DEFAULT_BINDINGS.right]
    .map((code) => keyLabel(code, layout, language))
    .join('')

describe('keyLabel', () => {
  it.each<[string, KeyboardLayout, Language, string]>([
    ['QWERTY', QWERTY, 'fr', 'WASD'],
    ['AZERTY', AZERTY, 'en', 'ZQSD'],
    ['QWERTZ', QWERTZ, 'en', 'WASD'],
  ])('reads what %s prints, whatever the language', (_name, layout, language, keys) => {
    expect(driving(layout, language)).toBe(keys)
  })

  it('falls back on the language where the browser does not tell', () => {
    expect(driving(null, 'fr')).toBe('ZQSD')
    expect(driving(null, 'en')).toBe('WASD')
  })

  it('tells Y from Z on a German keyboard', () => {
    expect(keyLabel('KeyZ', QWERTZ, 'en')).toBe('Y')
  })

  it('has signs for arrows and short names for the rest', () => {
    expect(keyLabel('ArrowLeft', null, 'fr')).toBe('←')
    expect(keyLabel('Digit4', null, 'en')).toBe('4')
    expect(keyLabel('Numpad4', null, 'en')).toBe('4')
  })
})

describe('readLayout', () => {
  it('asks the browser', async () => {
    const layout = await readLayout({ keyboard: { getLayoutMap: () => Promise.resolve(AZERTY) } })
    expect(layout?.get('KeyW')).toBe('z')
  })

  it('takes no answer, or a refusal, for not knowing', async () => {
    expect(await readLayout({})).toBeNull()
    expect(await readLayout({ keyboard: { getLayoutMap: () => Promise.reject(new Error('not allowed')) } })).toBeNull()
  })
})
