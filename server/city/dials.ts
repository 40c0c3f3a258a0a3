import type { AlarmTemplate } from '../../shared/content/scenario-services.ts'

/** How the alarms of a camera are set where they differ from the scenario's: by camera. */
export type Dials = Readonly<Record<string, Partial<AlarmTemplate>>>
