// %% md
// # Confidence score
//
// Evidence of several engines joined to one number, twice: the literal five-pillar score of a published design, with its defects, and the signed one. A score is no probability;
// a calibration makes one of it, on rows that came before.
// %%
import * as tslab from 'tslab';
import { randomStream } from '@zanzibar/core';
import { brierScore, calibratedProbability, fitCalibration, fivePillarScore, signedPillarScore } from '@zanzibar/engines/score';

const strong = { qmo: Float64Array.of(0.9), imo: Float64Array.of(0.9), gann: Float64Array.of(0.9), astro: Float64Array.of(0.9), cycle: Float64Array.of(0.9) };
const bearish = { qmo: Float64Array.of(-0.9), imo: Float64Array.of(-0.9), gann: Float64Array.of(-0.9), astro: Float64Array.of(0.9), cycle: Float64Array.of(0.9) };
[fivePillarScore(strong).signal[0], signedPillarScore(strong).signal[0], signedPillarScore(bearish).signal[0]]
// %% md
// The literal score has no sign: strong bearish evidence is as much a buy as strong bullish, and no evidence at all is a sell.
// %%
const nothing = { qmo: Float64Array.of(NaN), imo: Float64Array.of(NaN), gann: Float64Array.of(NaN) };
[fivePillarScore(nothing).signal[0], signedPillarScore(nothing).signal[0], signedPillarScore(nothing).coverage[0]]
// %%
const random = randomStream(5, 'score notebook'), rows = 4000, score = new Float64Array(rows), label = new Float64Array(rows), time = new BigInt64Array(rows);
for (let i = 0; i < rows; i++) {
  score[i] = 2 * random.uniform() - 1;
  label[i] = random.uniform() < 0.5 + 0.2 * score[i] ? 1 : 0;
  time[i] = BigInt(i + 1) * 60_000_000_000n;
}
const half = rows / 2, calibration = fitCalibration('isotonic', score.slice(0, half), label.slice(0, half), time[half - 1]);
const later = { score: score.slice(half), closeTime: time.slice(half) }, probability = calibratedProbability(later, { calibration: calibration }).probability;
const naive = brierScore(score.slice(half).map(value => (value + 1) / 2), label.slice(half)), fitted = brierScore(probability, label.slice(half));
[naive.toFixed(4), fitted.toFixed(4)]
// %%
const points = Array.from(probability.slice(0, 400), (value, i) => '<circle r="2" cx="' + (300 + 280 * later.score[i]).toFixed(0) + '" cy="' + (190 - 180 * value).toFixed(0) + '" fill="#0072b2"/>').join('');
tslab.display.html('<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200" role="img" aria-label="Probability by score"><path d="M20 100H580" stroke="#d9dee5"/>' + points + '</svg>');
// %% md
// The last cell fails if a claim stops holding: the signed score mirrors, says nothing without evidence, and the calibrated probability is a better forecast of later rows than
// the score read as one; and a calibration is refused on the rows that it was fitted on.
// %%
if (signedPillarScore(strong).score[0] !== -signedPillarScore(bearish).score[0]) throw new Error('the mirrored evidence must give the mirrored score');
if (signedPillarScore(nothing).signal[0] !== 0 || fivePillarScore(nothing).signal[0] !== -1) throw new Error('nothing known: the signed score is silent, the literal one sells');
if (!(fitted < naive)) throw new Error('calibrated ' + fitted + ', not calibrated ' + naive);
let refusal = '';
try {
  calibratedProbability({ score: score, closeTime: time }, { calibration: calibration });
} catch (error) {
  refusal = (error as Error).message;
}
if (!refusal.includes('fitted')) throw new Error('a calibration was applied to the rows that it was fitted on');
'holds'
