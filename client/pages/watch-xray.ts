import { effect } from '@preact/signals'

import type { HudModel } from '../hud/model.ts'

const EVERY_MS = 1000

/** While the X-ray is on, asks again and again what the city's things carry. @returns how to stop */
export function watchXray({ feed, xray, carried }: Pick<HudModel, 'feed' | 'xray' | 'carried'>): () => void {
  return effect(() => {
    if (!xray.value) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOn = true
    const ask = async (): Promise<void> => {
      const reply = await feed.xray()
      if (!isOn) return
      if (reply.ok) carried.value = reply.value
      timer = setTimeout(() => void ask(), EVERY_MS)
    }
    void ask()
    return () => {
      isOn = false
      clearTimeout(timer)
    }
  })
}
