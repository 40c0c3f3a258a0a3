/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** A JSON object; its keys keep the order in which they were written. */
export interface JsonObject {
  readonly [key: string]: Json | undefined
}
