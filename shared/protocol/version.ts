/** Rises with every change of a message or a frame. A client of another version is told to reload. */
export const PROTOCOL_VERSION = 8
