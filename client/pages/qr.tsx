import { useEffect, useState } from 'preact/hooks'

import { t } from '../i18n/i18n.ts'

/** The join link as a picture for a phone's camera; black on white in every theme, as scanners want it. */
export function QrCode({ link }: { readonly link: string }) {
  const [path, setPath] = useState<{ readonly size: number; readonly d: string } | null>(null)
  useEffect(() => {
    let isCurrent = true
    void toSquares(link).then((squares) => isCurrent && setPath(squares))
    return () => {
      isCurrent = false
    }
  }, [link])
  const box = path ? path.size + 8 : 1
  return (
    <svg class="qr" viewBox={`-4 -4 ${box} ${box}`} role="img" aria-label={t('qr.label')} shape-rendering="crispEdges">
      {path && <path d={path.d} />}
    </svg>
  )
}

async function toSquares(text: string): Promise<{ readonly size: number; readonly d: string }> {
  const { create } = await import('qrcode')
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const dark = [...data.keys()].filter((i) => data[i])
  return { size, d: dark.map((i) => `M${i % size} ${Math.floor(i / size)}h1v1h-1z`).join('') }
}
