import type { Speaker } from '../../shared/protocol/view.ts'

/** Shapes are as different as colours: a reader who sees neither still has the word. */
export type AgentShape = 'square' | 'shield' | 'circle' | 'hexagon' | 'diamond' | 'triangle' | 'envelope'

export interface Agent {
  readonly shape: AgentShape
  /** The service's name, the same in every language; `null` for what is no service of AWS. */
  readonly awsName: string | null
}

const AGENTS: Readonly<Record<Speaker, Agent>> = {
  street: { shape: 'square', awsName: null },
  watch: { shape: 'circle', awsName: 'Amazon CloudWatch' },
  config: { shape: 'hexagon', awsName: 'AWS Config' },
  bridge: { shape: 'diamond', awsName: 'Amazon EventBridge' },
  lambda: { shape: 'triangle', awsName: 'AWS Lambda' },
  trail: { shape: 'shield', awsName: 'AWS CloudTrail' },
  mail: { shape: 'envelope', awsName: null },
}

/** The five who watch the city, in the order in which a passing car meets them. */
export const FIVE_AGENTS = ['watch', 'config', 'bridge', 'lambda', 'trail'] as const

/** The garage is the one place of a sixth service. */
export const SYSTEMS_MANAGER = 'AWS Systems Manager'

/** The service of a resource, by CloudFormation's name of its kind. */
export const serviceOf = (speaker: Speaker, type: string | null): string | null =>
  type?.startsWith('AWS::SSM::') ? SYSTEMS_MANAGER : agentOf(speaker).awsName

export const agentOf = (speaker: Speaker): Agent => AGENTS[speaker]
