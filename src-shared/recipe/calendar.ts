import type { Value } from '../ops/program';
import type { ProgramBuilder } from '../ops/program-builder';

/** A part of a moment, in UTC as the source gives it. */
export type DatePart = 'year' | 'month' | 'dayOfMonth' | 'dayOfWeek' | 'dayOfYear' | 'hour' | 'minute' | 'days';

export const millisecondsOfDay = 86_400_000;

interface PartDefinition {
  /** Of milliseconds since 1970, a BIGINT. */
  readonly sql: (ms: string, since: number) => string;
  /** The same of float64 `[batch]`, NaN where missing. Whole numbers below 2^53 are computed exactly. */
  readonly ops: (calendar: Calendar, since: number) => Value;
  /** From the first value of a part that repeats, how many there are until it does. */
  readonly cycle?: { readonly first: number; readonly length: number };
}

/** The parts, with their two meanings. Monday is day 1 of a week. */
export const dateParts: Readonly<Record<DatePart, PartDefinition>> = {
  year: { sql: extract('year'), ops: (c) => c.civil().year },
  month: { sql: extract('month'), ops: (c) => c.civil().month, cycle: { first: 1, length: 12 } },
  dayOfMonth: { sql: extract('day'), ops: (c) => c.civil().day, cycle: { first: 1, length: 31 } },
  dayOfWeek: {
    sql: extract('isodow'),
    // 1 January 1970 was a Thursday.
    ops: (c) => c.plus(c.remainder(c.plus(c.day, 3), 7), 1),
    cycle: { first: 1, length: 7 },
  },
  dayOfYear: { sql: extract('doy'), ops: (c) => c.dayOfYear(), cycle: { first: 1, length: 366 } },
  hour: { sql: extract('hour'), ops: (c) => c.over(c.time, 3_600_000), cycle: { first: 0, length: 24 } },
  minute: {
    sql: extract('minute'),
    ops: (c) => c.remainder(c.over(c.time, 60_000), 60),
    cycle: { first: 0, length: 60 },
  },
  days: {
    sql: (ms, since) => `((${ms} - (${since})) / ${millisecondsOfDay}::DOUBLE)`,
    ops: (c, since) => c.quotient(c.plus(c.ms, -since), millisecondsOfDay),
  },
};

function extract(field: string): PartDefinition['sql'] {
  return (ms) => `extract(${field} FROM make_timestamp(${ms} * 1000))`;
}

interface Civil {
  readonly year: Value;
  readonly month: Value;
  readonly day: Value;
}

/** Calendar arithmetic on float64 (H. Hinnant, “chrono-compatible low-level date algorithms”, 2013). */
export class Calendar {
  readonly ms: Value;
  /** Whole days since 1970. */
  readonly day: Value;
  /** Milliseconds of the day. */
  readonly time: Value;
  private readonly b: ProgramBuilder;

  constructor(b: ProgramBuilder, ms: Value) {
    this.b = b;
    this.ms = b.cast(ms, 'float64');
    this.day = this.over(this.ms, millisecondsOfDay);
    this.time = this.minus(this.ms, this.times(this.day, millisecondsOfDay));
  }

  plus(x: Value, n: number | Value): Value {
    return this.b.add(x, this.number(n));
  }
  minus(x: Value, y: Value): Value {
    return this.b.subtract(x, y);
  }
  times(x: Value, n: number): Value {
    return this.b.scale(x, n);
  }
  quotient(x: Value, n: number): Value {
    return this.b.divide(x, this.number(n));
  }
  /**
   * ⌊x / n⌋ of whole numbers. Between two of them a quotient's last digit does not matter: TensorFlow multiplies by 1/n
   * instead, which can fall just below a whole number.
   */
  over(x: Value, n: number): Value {
    return this.b.value('floor', { x: this.quotient(this.plus(x, 0.5), n) });
  }
  /** From 0 to n − 1, also below zero. */
  remainder(x: Value, n: number): Value {
    return this.minus(x, this.times(this.over(x, n), n));
  }

  /** Years that begin in March, in eras of 400: a leap day is then the last of its year. */
  civil(): Civil {
    const shifted = this.plus(this.day, 719_468);
    const era = this.over(shifted, 146_097);
    const ofEra = this.minus(shifted, this.times(era, 146_097));
    const leaps = this.minus(this.minus(this.over(ofEra, 36_524), this.over(ofEra, 1460)), this.over(ofEra, 146_096));
    const yearOfEra = this.over(this.plus(ofEra, leaps), 365);
    const before = this.minus(
      this.plus(this.times(yearOfEra, 365), this.over(yearOfEra, 4)),
      this.over(yearOfEra, 100),
    );
    const ofYear = this.minus(ofEra, before);
    const march = this.over(this.plus(this.times(ofYear, 5), 2), 153);
    const day = this.plus(this.minus(ofYear, this.over(this.plus(this.times(march, 153), 2), 5)), 1);
    const isNext = this.b.cast(this.b.compare('greater', march, this.number(9)), 'float64');
    const month = this.minus(this.plus(march, 3), this.times(isNext, 12));
    return { year: this.plus(this.plus(yearOfEra, this.times(era, 400)), isNext), month, day };
  }

  dayOfYear(): Value {
    const last = this.plus(this.civil().year, -1);
    const leaps = this.plus(this.minus(this.over(last, 4), this.over(last, 100)), this.over(last, 400));
    const before = this.plus(this.plus(this.times(last, 365), leaps), -719_162);
    return this.plus(this.minus(this.day, before), 1);
  }

  private number(n: number | Value): Value {
    return typeof n === 'number' ? this.b.constant(n, 'float64') : n;
  }
}
