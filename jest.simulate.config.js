/** The long simulation: `npm run simulate`. The bounds are environment variables, see test/simulation/long.simulate.ts. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test/simulation'],
  testMatch: ['**/*.simulate.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  testTimeout: 24 * 3_600_000,
};
