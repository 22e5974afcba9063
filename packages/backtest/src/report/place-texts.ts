/** Where the words of a drawing stand, so that none covers another: by one rule in the page, whose script contains this function's text, and in pictures without a script. */

export interface TextBounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Words that a drawing has something to say with. */
export interface WantedText {
  /** 0 is placed first. From 2 on words move by one line at most, from 3 on they do not move. */
  readonly rank: number;
  readonly words: string;
  /** Where they begin, or their middle. */
  readonly x: number;
  /** Base line. */
  readonly y: number;
  readonly fill: string;
  /** Height of the letters, pixels. */
  readonly size: number;
  /** Where they move to: 1 down, -1 up. */
  readonly way: number;
  readonly isMiddle: boolean;
}

/**
 * The words that find a free place, the important first, each with where it begins and its base line. One that would cover another moves by a line; one that finds no place is left out: its
 * shape still has a title. None covers an obstacle. It refers to nothing outside itself, nor has it functions with names: its text has to run in a page.
 */
export function placeTexts(wanted: readonly WantedText[], { left, right, top, bottom }: TextBounds, obstacles: readonly TextBounds[] = []): { readonly text: WantedText; readonly x: number; readonly y: number }[] {
  const placed: { readonly text: WantedText; readonly x: number; readonly y: number }[] = [], taken: TextBounds[] = [...obstacles];
  for (const text of [...wanted].sort((a, b) => a.rank - b.rank)) {
    const wide = text.words.length * text.size * 0.62 + 2, start = Math.max(left, Math.min(text.isMiddle ? text.x - wide / 2 : text.x, right - wide));
    // Around an obstacle the way is longer.
    for (const lines of text.rank < 2 ? [0, 1, -1, 2, 3, ...(obstacles.length > 0 ? [-2, 4, -3, 5] : [])] : text.rank === 2 ? [0, 1] : [0]) {
      const y = text.y + text.way * lines * (text.size + 2.5), above = y - text.size, below = y + 2;
      if (above < top || below > bottom || taken.some(other => start < other.right && other.left < start + wide && above < other.bottom && other.top < below)) continue;
      taken.push({ left: start, right: start + wide, top: above, bottom: below });
      placed.push({ text, x: start + 1, y });
      break;
    }
  }
  return placed;
}
