import { useEffect, useState } from 'preact/hooks'

import { t } from '../i18n/i18n.ts'
import type { RoomFeed } from '../net/doors.ts'
import type { CityFeed } from '../net/feed.ts'
import type { TownSize } from '../../shared/content/map/town.ts'
import { toTownText } from '../view/town-choice.ts'
import type { RefusalCode, Reply } from '../../shared/protocol/messages.ts'
import type { PageProps } from './page-props.ts'
import { go } from './navigation.ts'
import { SeatCodeForm } from './seat-code-form.tsx'
import { Street } from './street.tsx'
import { Waiting } from './waiting.tsx'

interface SoloPageProps extends PageProps {
  readonly scenarioId: string
  readonly seed: number | null
  readonly town: TownSize | null
}

/** A city of one's own: the same engine, in this browser, with bots for the other drivers. */
export function SoloPage({ doors, keys, scenarioId, seed, town }: SoloPageProps) {
  const [feed, setFeed] = useState<CityFeed | null>(null)
  const [hasFailed, setFailed] = useState(false)
  useEffect(() => {
    const opening = doors.openSolo({ scenarioId, seed, town })
    opening.then(setFeed, () => setFailed(true))
    return () =>
      void opening.then(
        (opened) => opened.close(),
        () => undefined,
      )
  }, [doors, scenarioId, seed, town])

  if (hasFailed) return <Waiting text={t('play.failed')} isOver />
  if (!feed)
    return <Waiting text={town === null ? t('play.opening') : t('play.building', { town: toTownText(town) })} />
  return <Street doors={doors} feed={feed} keys={keys} canPause onLeave={() => go({ page: 'landing', code: '' })} />
}

interface RoomPageProps extends PageProps {
  readonly code: string
  readonly seatCode: string | null
}

/** A seat in a room: taken with a name, or taken back with what this browser kept, or with a code read out. */
export function RoomPage({ doors, keys, code, seatCode }: RoomPageProps) {
  const [reply, setReply] = useState<Reply<RoomFeed> | null>(null)
  useEffect(() => {
    setReply(null)
    const joining = takeSeat({ doors, keys, code, seatCode })
    joining.then(setReply, () => setReply({ ok: false, refusal: { code: 'not-now', field: 'join' } }))
    return () =>
      void joining.then(
        (late) => late.ok && late.value.close(),
        () => undefined,
      )
  }, [doors, keys, code, seatCode])

  if (!reply) return <Waiting text={t('play.joining', { code })} />
  if (reply.ok) {
    return <Street doors={doors} feed={reply.value} canPause={false} onLeave={() => go({ page: 'landing', code })} />
  }
  return (
    <Waiting text={t(`refusal.${reply.refusal.code}`)} isOver>
      {canRetryWithCode(reply.refusal.code) && <SeatCodeForm code={code} />}
    </Waiting>
  )
}

async function takeSeat({ doors, keys, code, seatCode }: RoomPageProps): Promise<Reply<RoomFeed>> {
  const seatToken = seatCode === null ? keys.seatToken(code) : undefined
  const reply = await doors.joinRoom({
    room: code,
    role: 'driver',
    name: keys.name() ?? t('names.guest'),
    ...(seatToken === undefined ? {} : { seatToken }),
    ...(seatCode === null ? {} : { seatCode }),
  })
  if (reply.ok && reply.value.seatToken !== null) keys.keepSeat(code, reply.value.seatToken)
  return reply
}

/** A seat that exists may be taken back where a new one is not to be had. */
const canRetryWithCode = (code: RefusalCode) =>
  ['room-full', 'wrong-key', 'unknown-seat', 'taken', 'not-allowed'].includes(code)
