/** Configuration items kept per resource. AWS keeps seven years; a city's session is shorter than this history. */
export const HISTORY_LIMIT = 32
/** Resources that are gone and still remembered; the one gone longest is forgotten first. */
export const GONE_LIMIT = 200
/** Result tokens that custom rules' functions may still hand back; the oldest is forgotten first. */
export const TOKEN_LIMIT = 1000
/** Remediation executions that have ended and can still be described. */
export const EXECUTION_LIMIT = 500
/** A repair that nobody reports on has failed after this long. */
export const EXECUTION_TIMEOUT_MS = 3_600_000
/** AWS Config quotas ("Service limits"). */
export const RULE_LIMIT = 400
export const PACK_LIMIT = 50
export const PACK_RULE_LIMIT = 130
