// As in a project of its own: found by the name of the package.
module.exports = { testEnvironment: 'node' };
