/** Failure texts and stack traces may quote what a person typed: they are encrypted like any payload. */
const { DefaultFailureConverter } = require('@temporalio/common')

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true })
