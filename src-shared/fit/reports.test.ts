import { describe, expect, it } from 'vitest';
import { classificationReport } from './classification-report';
import { regressionReport } from './regression-report';

describe('classificationReport', () => {
  it('counts, averages and takes logs', () => {
    const data = Float32Array.from([0.8, 0.1, 0.1, 0.2, 0.7, 0.1, 0.6, 0.3, 0.1, 0.1, 0.2, 0.7]);
    const report = classificationReport({ rows: 4, width: 3, data }, [0, 1, 1, 2], {
      classes: ['a', 'b', 'c'],
      split: 'test',
    });
    expect(report.accuracy).toBe(0.75);
    expect(report.confusion).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [0, 0, 1],
    ]);
    expect(report.perClass[0]).toMatchObject({ precision: 0.5, recall: 1, support: 1 });
    expect(report.perClass[1]?.f1).toBeCloseTo(2 / 3);
    expect(report.logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.7) + Math.log(0.3) + Math.log(0.7)) / 4, 6);
  });

  it('leaves classes that do not occur out of the averages', () => {
    const report = classificationReport({ rows: 1, width: 2, data: Float32Array.of(0.9, 0.1) }, [0], {
      classes: ['a', 'b'],
      split: 'test',
    });
    expect(report.precision).toBe(1);
    expect(report.recall).toBe(1);
  });

  it('reads one output as the probability of the second class', () => {
    const report = classificationReport({ rows: 3, width: 1, data: Float32Array.of(0.9, 0.2, 0.4) }, [1, 0, 1], {
      classes: ['no', 'yes'],
      split: 'test',
    });
    expect(report.accuracy).toBeCloseTo(2 / 3);
    expect(report.confusion).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });

  it('keeps the log loss finite when the true class has probability 0', () => {
    const report = classificationReport({ rows: 1, width: 2, data: Float32Array.of(1, 0) }, [1], {
      classes: ['a', 'b'],
      split: 'test',
    });
    expect(report.logLoss).toBeCloseTo(-Math.log(1e-7), 6);
  });
});

describe('regressionReport', () => {
  it('computes R², MAE and RMSE', () => {
    const report = regressionReport({ rows: 3, width: 1, data: Float32Array.of(1, 2, 5) }, [1, 2, 3], 'test');
    expect(report.mae).toBeCloseTo(2 / 3);
    expect(report.rmse).toBeCloseTo(Math.sqrt(4 / 3));
    expect(report.r2).toBeCloseTo(1 - 4 / 2);
  });

  it('calls R² 0 where the truth does not vary', () => {
    expect(regressionReport({ rows: 2, width: 1, data: Float32Array.of(1, 2) }, [2, 2], 'test').r2).toBe(0);
  });
});
