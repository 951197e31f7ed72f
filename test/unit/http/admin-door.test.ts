import { expect, test } from '@jest/globals';
import { isAdminPath, isMetricsPath } from '../../../src/http/admin-door';

test.each([
  ['/__admin', true],
  ['/__admin/', true],
  ['/__admin?x', true],
  ['/__admin/v1/reset', true],
  ['/s/one/__admin/v1/clock', true],
  ['/s/one/__admin', true],
  ['/__administration', false],
  ['/_admin/v1', false],
  ['/s/__admin/v1', false],
  ['/s/one/two/__admin/v1', false],
  ['/s/one?/__admin', false],
  ['/site/one/__admin/v1', false],
  ['/AmountChargingService/services/AmountCharging', false],
  ['/s/one/AmountChargingService/services/AmountCharging', false],
  ['/', false],
  ['', false],
  [undefined, false],
])('%s is for the admin API: %s', (url, expected) => {
  expect(isAdminPath(url)).toBe(expected);
});

test.each([
  ['/metrics', true],
  ['/metrics?x=1', true],
  ['/metrics/x', false],
  ['/metricsx', false],
  [undefined, false],
])('%s is the metrics: %s', (url, expected) => {
  expect(isMetricsPath(url)).toBe(expected);
});
