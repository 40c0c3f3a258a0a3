import { assertNever } from '../../shared/assert.ts'
import { HostPage } from './host.tsx'
import { Landing } from './landing.tsx'
import { route } from './navigation.ts'
import type { PageProps } from './page-props.ts'
import { RoomPage, SoloPage } from './play.tsx'
import { ProjectorPage } from './projector.tsx'
import { Statement } from './statement.tsx'

/** The page that the address means. */
export function App({ doors, keys }: PageProps) {
  const now = route.value
  switch (now.page) {
    case 'landing':
      return <Landing doors={doors} keys={keys} code={now.code} />
    case 'solo':
      return <SoloPage doors={doors} keys={keys} scenarioId={now.scenarioId} seed={now.seed} town={now.town} />
    case 'room':
      return (
        <RoomPage
          key={`${now.code} ${now.seatCode}`}
          doors={doors}
          keys={keys}
          code={now.code}
          seatCode={now.seatCode}
        />
      )
    case 'host':
      return <HostPage key={now.code} doors={doors} keys={keys} code={now.code} />
    case 'projector':
      return <ProjectorPage key={now.code} doors={doors} keys={keys} code={now.code} />
    case 'accessibility':
      return <Statement />
    default:
      return assertNever(now)
  }
}
