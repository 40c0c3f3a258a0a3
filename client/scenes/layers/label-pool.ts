import type { GameObjects, Scene } from 'phaser'

const FONT_PIXELS = 26

interface Look {
  readonly colour: string
  /** Metres per CSS pixel. */
  readonly pixel: number
}

interface Label {
  /** @returns where the label ends, in metres */
  show(look: Look): { readonly bottom: number }
}

/** Short texts that are told anew at every frame; a text is laid out again only when its words change. */
export class LabelPool {
  readonly #scene: Scene
  readonly #depth: number
  readonly #texts: GameObjects.Text[] = []
  #next = 0

  constructor(scene: Scene, depth: number) {
    this.#scene = scene
    this.#depth = depth
  }

  begin(): void {
    this.#next = 0
  }

  put(words: string, x: number, y: number): Label {
    const text = this.#texts[this.#next] ?? this.#grow()
    this.#next += 1
    if (text.text !== words) text.setText(words)
    text.setPosition(x, y).setVisible(true)
    return {
      show({ colour, pixel }) {
        if (text.style.color !== colour) text.setColor(colour)
        text.setScale((13 * pixel) / FONT_PIXELS)
        return { bottom: text.y + text.displayHeight }
      },
    }
  }

  end(): void {
    for (let i = this.#next; i < this.#texts.length; i += 1) this.#texts[i]?.setVisible(false)
  }

  #grow(): GameObjects.Text {
    const text = this.#scene.add
      .text(0, 0, '', {
        fontFamily: 'ui-rounded, system-ui, sans-serif',
        fontSize: FONT_PIXELS,
        fontStyle: 'bold',
        align: 'center',
        backgroundColor: '#10183acc',
        padding: { x: 10, y: 6 },
      })
      .setOrigin(0.5, 0)
      .setDepth(this.#depth)
    this.#texts.push(text)
    return text
  }
}
