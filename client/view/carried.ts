import type { AgentNews } from '../../shared/protocol/xray.ts'
import type { Text } from '../../shared/protocol/view.ts'

/** What an agent carries in the X-ray, in words: AWS's own stand as they are, ours are keys of the locales. */
export function carriedBy(news: AgentNews): Text {
  switch (news.kind) {
    case 'record':
      return {
        key: news.errorCode === null ? 'xray.record' : 'xray.record.refused',
        params: { event: news.eventName, error: news.errorCode ?? '' },
      }
    case 'verdict':
      return { key: 'xray.verdict', params: { rule: news.ruleName, verdict: news.verdict, plate: news.plate } }
    case 'run':
      return { key: `xray.run.${news.start}`, params: { function: news.functionName } }
  }
}
