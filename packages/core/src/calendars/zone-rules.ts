/**
 * Offsets of time zones from UTC since their first transition. Made by scripts/make-zone-rules.py from tzdata 2026.6; do not edit.
 *
 * Source: IANA time zone database 2026f, public domain.
 */

/** The rules' version, for manifests: a new one may move times that lie in the future of its release. */
export const zoneRulesVersion = '2026f';

export interface ZoneRules {
  /** Seconds east of UTC; the first one holds before the first transition. */
  readonly offsets: readonly number[];
  /** UTC seconds in base 36, each as the difference from the one before, and the position of the offset from then on. */
  readonly transitions: string;
  /** First year, standard and daylight offset, then month, week (5 is last), weekday, local second of the start and of the end. */
  readonly yearly: readonly number[] | null;
}

export const zoneRules: { readonly [zone: string]: ZoneRules } = {
  'America/Chicago': {
    offsets: [-21036, -21600, -18000],
    transitions: '-18y0m00:1 hxltk0:2 ast80:1 7x9g0:2 ast80:1 bvus0:2 776k0:1 7kas0:2 b5rw0:1 9d440:2 7k580:1 b5xg0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 b5xg0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 b5xg0:2 7k580:1 b5xg0:2 7x3w0:1 asys0:2 7x3w0:1 7x9g0:2 dbjw0:1 8a840:2 7x3w0:1 asys0:2 7x3w0:1 b5xg0:2 7k580:1 b5xg0:2 7x3w0:1 asys0:2 7x3w0:1 6w840:2 1tz8c0:2 2dsw0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 b5xg0:2 7k580:1 b5xg0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 905g0:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 3lpg0:2 f4d80:1 64g40:2 clmk0:1 9d440:2 9px80:1 905g0:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 905g0:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1',
    yearly: [2007, -21600, -18000, 3, 2, 0, 7200, 11, 1, 0, 7200],
  },
  'America/Los_Angeles': {
    offsets: [-28378, -28800, -25200],
    transitions: '-18y0gg0:1 hxltk0:2 ast80:1 7x9g0:2 ast80:1 bmtus0:2 1tz2s0:2 2dyg0:1 1a3c5o:2 f2iic:1 owao0:2 7k800:1 b5uo0:2 7x6o0:1 asw00:2 7x6o0:1 asw00:2 7x6o0:1 asw00:2 7x6o0:1 asw00:2 7x6o0:1 b5uo0:2 7x6o0:1 asw00:2 7x6o0:1 asw00:2 7x6o0:1 asw00:2 7x6o0:1 asw00:2 7x6o0:1 b5uo0:2 7k800:1 b5uo0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9q000:1 902o0:2 9q000:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 3lpg0:2 f4d80:1 64g40:2 clmk0:1 9d440:2 9px80:1 905g0:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 905g0:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1',
    yearly: [2007, -28800, -25200, 3, 2, 0, 7200, 11, 1, 0, 7200],
  },
  'America/New_York': {
    offsets: [-17762, -18000, -14400],
    transitions: '-18y0os0:1 hxltk0:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 b5rw0:1 905g0:2 7x3w0:1 b5xg0:2 7k580:1 b5xg0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 b5xg0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 b5xg0:2 7k580:1 b5xg0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 b5xg0:2 7k580:1 b5xg0:2 7x3w0:1 asys0:2 7x3w0:1 6w840:2 1tzb40:2 2dq40:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 b5xg0:2 7k580:1 b5xg0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 905g0:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 3lpg0:2 f4d80:1 64g40:2 clmk0:1 9d440:2 9px80:1 905g0:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 905g0:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1',
    yearly: [2007, -18000, -14400, 3, 2, 0, 7200, 11, 1, 0, 7200],
  },
  'America/Sao_Paulo': {
    offsets: [-11188, -10800, -7200],
    transitions: '-t85jd8:1 99k8x8:2 9a9c0:1 9io40:2 99980:1 8p65g0:2 6zuo0:1 bs2o0:2 67zw0:1 cjxg0:2 69uk0:1 cjxg0:2 4ml80:1 5k02s0:2 6onw0:1 haas0:2 33180:1 cjxg0:2 4mo00:1 clpc0:2 66580:1 cls40:2 67zw0:1 981s40:2 6u7w0:1 biw40:2 5rbw0:1 d0lg0:2 5ed80:1 cyqs0:2 5ed80:1 dbpg0:2 64ak0:1 cyqs0:2 64ak0:1 cls40:2 5rbw0:1 dbpg0:2 51ek0:1 dbpg0:2 6h980:1 c8tg0:2 6h980:1 c8tg0:2 64ak0:1 c8tg0:2 6u7w0:1 bxpg0:2 7iak0:1 biw40:2 6u7w0:1 biw40:2 7k580:1 biw40:2 6u7w0:1 c8tg0:2 6h980:1 dbpg0:2 5ed80:1 cls40:2 64ak0:1 dfes0:2 5nmk0:1 c8tg0:2 6h980:1 dbpg0:2 5rbw0:1 bvus0:2 6h980:1 cls40:2 64ak0:1 cls40:2 6h980:1 c8tg0:2 6h980:1 c8tg0:2 6u7w0:1 c8tg0:2 64ak0:1 cls40:2 64ak0:1 cls40:2 6h980:1 c8tg0:2 6h980:1 c8tg0:2 6h980:1 c8tg0:2 6h980:1 dbpg0:2 5ed80:1',
    yearly: null,
  },
  'America/Toronto': {
    offsets: [-19052, -18000, -14400],
    transitions: '-1353das:1 c5efes:2 a2vw0:1 7yx60:2 aqzy0:1 9q8c0:2 7jzo0:1 bw0c0:2 6bp80:1 cedg0:2 6h980:1 c8tg0:2 6h980:1 bvus0:2 776k0:1 biw40:2 776k0:1 biw40:2 776k0:1 biw40:2 7k580:1 b5xg0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 b5xg0:2 7k580:1 b5xg0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 b5xg0:2 7k580:1 b5xg0:2 xjeo0:2 1tzb40:2 2dq40:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 b5rw0:1 7x9g0:2 ast80:1 7x9g0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1 b5xg0:2 7x3w0:1 asys0:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 905g0:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 905g0:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 905g0:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1 8a840:2 afuk0:1 8a840:2 afuk0:1 8a840:2 ast80:1 7x9g0:2 ast80:1 7x9g0:2 ast80:1',
    yearly: [2007, -18000, -14400, 3, 2, 0, 7200, 11, 1, 0, 7200],
  },
  'Asia/Dubai': {
    offsets: [13272, 14400],
    transitions: '-q3gnko:1',
    yearly: null,
  },
  'Asia/Hong_Kong': {
    offsets: [27402, 28800, 32400, 30600],
    transitions: '-y0i0s0:1 j44dk0:2 5k000:3 4d4y0:2 2195i0:1 7x3w0:2 bj320:1 6uao0:2 bvs00:1 7x6o0:2 9d1c0:1 7x6o0:2 asw00:1 7x6o0:2 asw00:1 7x6o0:2 asw00:1 8a5c0:2 asw00:1 7x6o0:2 ast80:1 77c40:2 biqk0:1 77c40:2 bvp80:1 6udg0:2 bvp80:1 77c40:2 biqk0:1 77c40:2 biqk0:1 77c40:2 biqk0:1 77c40:2 bvp80:1 6udg0:2 bvp80:1 6udg0:2 bvp80:1 77c40:2 biqk0:1 77c40:2 biqk0:1 8n6s0:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 9d440:2 9px80:1 9d440:2 9cyk0:1 3lpg0:2 f4d80:1 9d440:2 9cyk0:1 9d440:2 9cyk0:1 1c9440:2 8a2k0:1',
    yearly: null,
  },
  'Asia/Kolkata': {
    offsets: [21208, 21200, 19270, 19800, 23400],
    transitions: '-1oaa314:1 83glc8:2 isc6tm:3 innm9a:4 bmfw0:3 5lxg0:4 1mn180:3',
    yearly: null,
  },
  'Asia/Seoul': {
    offsets: [30472, 30600, 32400, 36000, 34200],
    transitions: '-w8966g:1 1yh18g:2 hkx5a0:2 1faao0:3 5cik0:2 ae5g0:3 8a2k0:2 ae5g0:3 8bx80:2 c8tg0:3 6h980:2 1bj6s0:1 l3aq0:4 6j3w0:1 d2g40:4 6u7w0:1 b5xg0:4 776k0:1 biw40:4 776k0:1 biw40:4 776k0:1 biw40:4 776k0:1 grs40:2 dfqxi0:3 7x6o0:2 asw00:3 7x6o0:2',
    yearly: null,
  },
  'Asia/Shanghai': {
    offsets: [29143, 28800, 32400],
    transitions: '-100eztj:1 9jeyxj:2 8sl80:1 asbpg0:2 6w2k0:1 7ves0:2 bxjw0:1 4mqs0:2 1vduk0:1 d4as0:2 75bw0:1 a31g0:2 aaak0:1 9d440:2 7v980:1 awo40:2 1dx80:1 j9xpo0:2 6u7w0:1 asys0:2 7x3w0:1 b5xg0:2 7k580:1 b5xg0:2 7x3w0:1 asys0:2 7x3w0:1 asys0:2 7x3w0:1',
    yearly: null,
  },
  'Asia/Singapore': {
    offsets: [24925, 25200, 26400, 27000, 32400, 28800],
    transitions: '-100ewkd:0 2ax6o0:1 eeb94d:2 1kbr2o:2 2yhc00:3 8n3jc:4 1v2p60:3 iy3ms0:5',
    yearly: null,
  },
  'Asia/Tokyo': {
    offsets: [33539, 32400, 36000],
    transitions: '-16snno0:1 vhjeo0:2 6uao0:1 afxc0:2 8a5c0:1 c8qo0:2 6hc00:1 c8qo0:2 6hc00:1',
    yearly: null,
  },
  'Australia/Sydney': {
    offsets: [36292, 36000, 39600],
    transitions: '-133j5c4:1 bfqds4:2 49pc0:1 cxfk00:2 4h400:1 9d1c0:2 9d1c0:1 9q000:2 902o0:1 eeio00:2 64dc0:1 clpc0:2 6hc00:1 c8qo0:2 6hc00:1 c8qo0:2 6hc00:1 c8qo0:2 6uao0:1 c8qo0:2 6hc00:1 c8qo0:2 6hc00:1 c8qo0:2 6hc00:1 c8qo0:2 6hc00:1 c8qo0:2 6hc00:1 c8qo0:2 8a5c0:1 asw00:2 6hc00:1 c8qo0:2 6hc00:1 c8qo0:2 6hc00:1 c8qo0:2 779c0:1 b5uo0:2 7k800:1 bitc0:2 7k800:1 bitc0:2 779c0:1 bitc0:2 6hc00:1 c8qo0:2 6hc00:1 c8qo0:2 6hc00:1 c8qo0:2 6uao0:1 c8qo0:2 6hc00:1 c8qo0:2 6hc00:1 c8qo0:2 7x6o0:1 asw00:2 7x6o0:1 asw00:2 7x6o0:1 asw00:2 7x6o0:1 b5uo0:2 7k800:1 7x6o0:2 asw00:1 b5uo0:2 7x6o0:1 asw00:2 7x6o0:1 asw00:2 7x6o0:1 b5uo0:2 7k800:1 b5uo0:2 7x6o0:1 asw00:2 7k800:1 b5uo0:2',
    yearly: [2008, 36000, 39600, 10, 1, 0, 7200, 4, 1, 0, 10800],
  },
  'Europe/Berlin': {
    offsets: [3208, 3600, 7200, 10800],
    transitions: '-1421154:1 c1n0x4:2 7ves0:1 a4yw0:2 7x6o0:1 asw00:2 7x6o0:1 b8qdc0:2 1cm000:1 7k800:2 9q000:1 9d1c0:2 9d1c0:1 9d1c0:2 2o7w0:3 6bs00:2 2txg0:1 7k800:2 91xc0:1 9b9g0:2 1sqk0:3 2inw0:2 51k40:1 a2yo0:2 8n400:1 9q000:2 902o0:1 fx91c0:2 902o0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9q000:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9q000:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1',
    yearly: [1996, 3600, 7200, 3, 5, 0, 7200, 10, 5, 0, 10800],
  },
  'Europe/London': {
    offsets: [-75, 0, 3600, 7200],
    transitions: '-1rprx9x:1 zqf9hx:2 6uao0:1 9q000:2 8c000:1 9o5c0:2 9ruo0:1 9b6o0:2 9ew00:1 9b6o0:2 auqo0:1 88ao0:2 9ew00:1 8y800:2 a2yo0:1 a2yo0:2 7k800:1 asw00:2 8a5c0:1 asw00:2 8n400:1 a2yo0:2 8n400:1 9q000:2 902o0:1 afxc0:2 8n400:1 a2yo0:2 8n400:1 9q000:2 902o0:1 a2yo0:2 8n400:1 a2yo0:2 8n400:1 9q000:2 9d1c0:1 a2yo0:2 8n400:1 9q000:2 902o0:1 a2yo0:2 8n400:1 a2yo0:2 8n400:1 9q000:2 902o0:1 a2yo0:2 b5uo0:1 51hc0:2 mbmk0:3 51hc0:2 c8qo0:3 6hc00:2 c8qo0:3 6uao0:2 bvs00:3 8n400:2 a4tc0:3 5clc0:2 4bms0:1 9q000:2 902o0:1 8a5c0:2 1frw0:3 64dc0:2 4bms0:1 6uao0:2 bvs00:1 7x6o0:2 asw00:1 8n400:2 9q000:1 902o0:2 9q000:1 9d1c0:2 9q000:1 902o0:2 8n400:1 9q000:2 902o0:1 a2yo0:2 8n400:1 afxc0:2 8n400:1 9q000:2 902o0:1 a2yo0:2 8n400:1 a2yo0:2 8n400:1 9q000:2 902o0:1 902o0:2 b5uo0:1 7k800:2 b5uo0:1 7x6o0:2 asw00:1 7k800:2 b5uo0:1 7k800:2 b5uo0:1 7k800:2 b5uo0:1 7k800:2 bitc0:1 5reo0:2 cyfo0:2 1kjf00:1 779c0:2 bitc0:1 779c0:2 bitc0:1 779c0:2 bitc0:1 779c0:2 bitc0:1 7k800:2 b5uo0:1 7k800:2 b5uo0:1 7k800:2 bitc0:1 779c0:2 bitc0:1 779c0:2 bitc0:1 7x3w0:2 asw00:1 7x6o0:2 asw00:1 7x6o0:2 asw00:1 7x6o0:2 b5uo0:1 7x6o0:2 asw00:1 7x6o0:2 asw00:1 7x6o0:2 asw00:1 7x6o0:2 asw00:1 7x6o0:2 b5uo0:1 7k800:2 b5uo0:1 7x6o0:2 asw00:1 7x6o0:2 asw00:1 7x6o0:2 asw00:1 7x6o0:2 asw00:1 7x6o0:2 asw00:1 3nek0:1',
    yearly: [1996, 0, 3600, 3, 5, 0, 3600, 10, 5, 0, 7200],
  },
  'Europe/Moscow': {
    offsets: [9017, 9079, 12679, 16279, 14400, 10800, 18000, 7200],
    transitions: '-1ayy9mh:0 j1sw00:1 ipzua:2 97hc0:1 7yyk0:3 5i840:2 d9p80:3 1jwk7:4 2cvk0:5 s8o00:4 1qvw0:6 8fpc0:4 1jms0:5 is040:7 412as0:5 qi27w0:4 9et80:5 9d440:4 9et80:5 9d440:4 9et80:5 9eys0:4 9d6w0:5 9d1c0:4 9d1c0:5 9d1c0:4 9d1c0:5 9d1c0:4 9d1c0:5 9d1c0:4 9d1c0:5 9d1c0:4 9d1c0:5 9d1c0:4 9q000:5 9d1c0:5 9d440:7 5reo0:5 3ljw0:4 9d1c0:5 9d1c0:4 9d1c0:5 9d1c0:4 9d1c0:5 9d1c0:4 9d1c0:5 9q000:4 asw00:5 7x6o0:4 asw00:5 7x6o0:4 asw00:5 7x6o0:4 b5uo0:5 7k800:4 b5uo0:5 7k800:4 b5uo0:5 7x6o0:4 asw00:5 7x6o0:4 asw00:5 7x6o0:4 b5uo0:5 7k800:4 b5uo0:5 7k800:4 b5uo0:5 7k800:4 b5uo0:5 7x6o0:4 asw00:5 7x6o0:4 asw00:5 7x6o0:4 b5uo0:5 7k800:4 1vbzw0:5',
    yearly: null,
  },
  'Europe/Paris': {
    offsets: [561, 0, 3600, 7200],
    transitions: '-154gb3l:0 afgo00:1 2qx1nl:2 5luo0:1 8y800:2 a4tc0:1 7vc00:2 auqo0:1 7idc0:2 b7pc0:1 6sg00:2 cyo00:1 7ayo0:2 bko00:1 7rmo0:2 a2yo0:1 bvs00:2 6uao0:1 902o0:2 9q000:1 9d1c0:2 9d1c0:1 a2yo0:2 8n400:1 9q000:2 902o0:1 a2yo0:2 902o0:1 a2yo0:2 8n400:1 9q000:2 902o0:1 a2yo0:2 8n400:1 9d1c0:2 9d1c0:1 902o0:2 a2yo0:1 9d1c0:2 9d1c0:1 902o0:2 9q000:1 a2yo0:2 8n400:1 9d1c0:2 9d1c0:1 902o0:2 9q000:1 a2yo0:2 b5uo0:1 51po0:2 5p8w0:3 18rcc0:2 7k800:3 9q000:2 9d1c0:3 7efo0:3 29k40:2 922w0:3 8l9c0:2 fxlx80:3 9cyk0:2 9q5k0:3 902o0:2 9q000:3 9d1c0:2 9d1c0:3 9d1c0:2 9q000:3 902o0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9q000:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9q000:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2',
    yearly: [1996, 3600, 7200, 3, 5, 0, 7200, 10, 5, 0, 10800],
  },
  'Europe/Warsaw': {
    offsets: [5040, 3600, 7200, 10800],
    transitions: '-1ayy6k0:0 iko800:1 dvyc0:2 7ves0:1 a4yw0:2 7x6o0:1 asw00:2 7x6o0:2 aunw0:3 7x6o0:2 1evbs0:1 9fcwc0:2 18cao0:1 7k800:2 9q000:1 9d1c0:2 9gnw0:1 an980:2 9kd80:1 8fs40:2 922w0:1 ar1c0:2 7x6o0:1 a2yo0:2 8n400:1 9q000:2 902o0:1 4013w0:2 64dc0:1 9d1c0:2 9d1c0:1 clpc0:2 6hc00:1 9d1c0:2 9d1c0:1 c8qo0:2 6hc00:1 c8qo0:2 6hc00:1 c8qo0:2 6hc00:1 clpc0:2 64dc0:1 6j4tc0:2 902o0:1 9q000:2 9d1c0:1 9d1c0:2 9d1c0:1 9q000:2 902o0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9q000:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d440:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9q000:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1 9d1c0:2 9d1c0:1',
    yearly: [1996, 3600, 7200, 3, 5, 0, 7200, 10, 5, 0, 10800],
  },
  'Europe/Zurich': {
    offsets: [2048, 1786, 3600, 7200],
    transitions: '-1os49kw:1 lc05ja:2 ohmxdm:3 7x6o0:2 asw00:3 7x6o0:2 k2zus0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9q000:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9q000:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2 9d1c0:3 9d1c0:2',
    yearly: [1996, 3600, 7200, 3, 5, 0, 7200, 10, 5, 0, 10800],
  },
  'Pacific/Auckland': {
    offsets: [41944, 41400, 45000, 43200, 46800],
    transitions: '-1gsoz14:1 usn9z4:2 64ak0:1 biw40:3 7x5a0:1 asxe0:3 7x5a0:1 asxe0:3 7x5a0:1 asxe0:3 8a3y0:1 afyq0:3 8a3y0:1 afyq0:3 afvy0:1 7x820:3 asum0:1 7x820:3 asum0:1 7x820:3 asum0:1 7x820:3 asum0:1 7x820:3 b5ta0:1 7k9e0:3 b5ta0:1 7x820:3 2qrd20:3 f1tpk0:4 5reo0:3 clpc0:4 6uao0:3 c8qo0:4 6hc00:3 c8qo0:4 6hc00:3 c8qo0:4 6hc00:3 c8qo0:4 6hc00:3 c8qo0:4 6hc00:3 c8qo0:4 6uao0:3 c8qo0:4 6hc00:3 c8qo0:4 6hc00:3 c8qo0:4 6hc00:3 c8qo0:4 6hc00:3 c8qo0:4 6hc00:3 c8qo0:4 6uao0:3 c8qo0:4 6hc00:3 b5uo0:4 8a5c0:3 afxc0:4 8a5c0:3 afxc0:4 8a5c0:3 afxc0:4 8n400:3 a2yo0:4 8n400:3 a2yo0:4 8n400:3 a2yo0:4 8n400:3 afxc0:4 8a5c0:3 afxc0:4 8a5c0:3 afxc0:4 8n400:3 a2yo0:4 8n400:3 a2yo0:4 8n400:3 afxc0:4 8a5c0:3 afxc0:4 8a5c0:3 afxc0:4 8n400:3 a2yo0:4 8n400:3 a2yo0:4 8n400:3 a2yo0:4 8n400:3 a2yo0:4',
    yearly: [2008, 43200, 46800, 9, 5, 0, 7200, 4, 1, 0, 10800],
  },
};
