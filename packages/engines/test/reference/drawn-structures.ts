/** Two structures drawn by hand, bar by bar, with every event that their definitions give; swings have one bar to each side. */

export interface DrawnStructure {
  /** open, high, low, close */
  readonly bars: readonly (readonly [open: number, high: number, low: number, close: number])[];
  /** kind direction originRow knownRow level */
  readonly breaks: readonly string[];
  /** The same of the shifts where the range is 10 (a body of 10 is displacement), and where it is 100 (only gaps are). */
  readonly shiftsByBody: readonly string[];
  readonly shiftsByGap: readonly string[];
  /** kind direction originRow knownRow lower..upper */
  readonly blocks: readonly string[];
  readonly breakers: readonly string[];
}

/** Two breaks up, a change down through a gap, a breaker that is retested and lost, a break down. */
export const rise: DrawnStructure = {
  bars: [
    [100, 105, 95, 100], [100, 120, 98, 118], [118, 119, 108, 110], [110, 112, 102, 104], [104, 116, 103, 115], [115, 130, 114, 128], [128, 134, 125, 132], [132, 133, 120, 122], [122, 124, 111, 116],
    [116, 128, 115, 126], [126, 140, 125, 139], [139, 142, 135, 136], [136, 137, 118, 120], [120, 121, 104, 106], [106, 113, 105, 112], [112, 118, 110, 117], [117, 126, 116, 125], [125, 127, 99, 100],
  ],
  breaks: ['breakOfStructure 1 1 5 120', 'breakOfStructure 1 6 10 134', 'changeOfCharacter -1 8 13 111', 'breakOfStructure -1 13 17 104'],
  shiftsByBody: ['marketStructureShift -1 8 13 111'],
  shiftsByGap: ['marketStructureShift -1 8 13 111'],
  blocks: [
    'orderBlock 1 3 5 102..112', 'touched 1 8 8 102..112', 'orderBlock 1 8 10 111..124', 'touched 1 12 12 111..124', 'midTouched 1 13 13 102..112', 'midTouched 1 13 13 111..124',
    'violated 1 13 13 111..124', 'orderBlock -1 11 13 135..142', 'violated 1 17 17 102..112', 'orderBlock -1 16 17 116..126',
  ],
  breakers: ['breakerBlock -1 13 13 111..124', 'touched -1 14 14 111..124', 'midTouched -1 15 15 111..124', 'violated -1 16 16 111..124', 'breakerBlock -1 17 17 102..112'],
};

/** Two breaks down, a change up that fails: its block becomes a mitigation block, while that of the break before it had become a breaker. */
export const failure: DrawnStructure = {
  bars: [
    [200, 205, 195, 198], [198, 200, 180, 182], [182, 192, 181, 190], [190, 191, 170, 171], [171, 178, 165, 176], [176, 185, 172, 184], [184, 186, 168, 169], [169, 170, 160, 162], [162, 175, 158, 174],
    [174, 188, 173, 187], [187, 189, 176, 178], [178, 180, 164, 166], [166, 167, 150, 152], [152, 161, 151, 160],
  ],
  breaks: ['breakOfStructure -1 1 3 180', 'breakOfStructure -1 4 7 165', 'changeOfCharacter 1 6 9 186', 'changeOfCharacter -1 8 12 158'],
  // Bodies of 13 and 14; only the fall from row 10 leaves a gap, 167 to 176.
  shiftsByBody: ['marketStructureShift 1 6 9 186', 'marketStructureShift -1 8 12 158'],
  shiftsByGap: ['marketStructureShift -1 8 12 158'],
  blocks: [
    'orderBlock -1 2 3 181..192', 'touched -1 5 5 181..192', 'orderBlock -1 6 7 168..186', 'touched -1 8 8 168..186', 'midTouched -1 9 9 181..192', 'midTouched -1 9 9 168..186', 'violated -1 9 9 168..186',
    'orderBlock 1 8 9 158..175', 'touched 1 11 11 158..175', 'midTouched 1 11 11 158..175', 'violated 1 12 12 158..175', 'orderBlock -1 10 12 176..189',
  ],
  breakers: ['breakerBlock 1 9 9 168..186', 'touched 1 10 10 168..186', 'midTouched 1 10 10 168..186', 'violated 1 11 11 168..186', 'mitigationBlock -1 12 12 158..175', 'touched -1 13 13 158..175'],
};
