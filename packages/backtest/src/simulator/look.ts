/** Where on a row a fill happens: a point (quote, trade, open), inside a bar's range, at once at the close that decided, at the mark when all is over, or at the close of a session. */
export const atPoint = 0, inRange = 1, direct = 2, atMark = 3, atAuction = 4;
