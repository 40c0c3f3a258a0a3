/** Reads a text out in the language it is written in, where the device has a voice; a new text cuts the old one off. */
export function readAloud(text: string, language: string): void {
  if (!('speechSynthesis' in window)) return
  const spoken = new SpeechSynthesisUtterance(text)
  spoken.lang = language
  speechSynthesis.cancel()
  speechSynthesis.speak(spoken)
}
