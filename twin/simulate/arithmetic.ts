/**
 * exp, log and pow that give the same bits in every engine: ECMAScript leaves those of Math to the implementation, while + - * / and sqrt
 * are exact everywhere. Algorithms and coefficients: fdlibm (Sun Microsystems, 1993; e_exp.c and e_log.c), below 1 ulp.
 */

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)
float[0] = 1
/** Where the sign and exponent stand: on the little-endian machines of today, second. */
const high = words[1] === 0x3ff00000 ? 1 : 0

const ln2High = 0.6931471803691238
const ln2Low = 1.9082149292705877e-10
const inverseLn2 = Math.LOG2E

/** The natural logarithm; -Infinity at 0, NaN below. */
export const log = (x: number): number => {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  let exponent = 0
  let scaled = x
  if (scaled < 2.2250738585072014e-308) {
    exponent -= 54
    scaled *= 18014398509481984
  }
  float[0] = scaled
  const bits = words[high]!
  const isUpper = isUpperHalf(bits)
  exponent += (bits >>> 20) - 1023 + isUpper
  return logOfParts(scaled * powerOfTwo(1023 - (bits >>> 20) - isUpper) - 1, exponent)
}

/** 1 where what follows the leading bit of a number, in the last 20 bits given, puts it above sqrt(2) times its power of two, else 0. */
export const isUpperHalf = (bits: number): number => ((bits & 0xfffff) + 0x95f64) >>> 20

/** The logarithm of (1 + f) times 2 to the power of an exponent, with 1 + f between sqrt(2) / 2 and sqrt(2). */
export const logOfParts = (f: number, exponent: number): number => {
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const even = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const rest = odd + even
  const half = 0.5 * f * f
  return exponent * ln2High - (half - (s * (half + rest) + exponent * ln2Low) - f)
}

/** e to the power of x. */
export const exp = (x: number): number => {
  if (!(x <= 709.782712893384)) return x > 0 ? Number.POSITIVE_INFINITY : Number.NaN
  if (x < -745.1332191019411) return 0
  const k = Math.floor(inverseLn2 * x + 0.5)
  const hi = x - k * ln2High
  const lo = k * ln2Low
  const r = hi - lo
  const t = r * r
  const c =
    r -
    t *
      (0.16666666666666602 +
        t * (-0.0027777777777015593 + t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))))
  const y = 1 - (lo - (r * c) / (2 - c) - hi)
  return scaleByPowerOfTwo(y, k)
}

/** x to the power of y for x of at least 0, as exp(y log x): good to about 1e-14 relative for results of ordinary size. */
export const pow = (x: number, y: number): number =>
  y === 0 ? 1 : x === 0 ? (y > 0 ? 0 : Number.POSITIVE_INFINITY) : exp(y * log(x))

const scaleByPowerOfTwo = (value: number, k: number): number => {
  if (k > 1023) return value * powerOfTwo(1023) * powerOfTwo(k - 1023)
  if (k < -1022) return value * powerOfTwo(k + 54) * powerOfTwo(-54)
  return value * powerOfTwo(k)
}

/** Looked up: to put a number together from its bits keeps the processor waiting for its own memory. */
const powerOfTwo = (k: number): number => powersOfTwo[k + 1024]!

/** From -1024, the least that brings a number to between 1/2 and 1. */
const powersOfTwo = new Float64Array(2048)
for (let place = 1024, power = 1; place < 2048; place++, power *= 2) powersOfTwo[place] = power
for (let place = 1023, power = 0.5; place >= 0; place--, power /= 2) powersOfTwo[place] = power
