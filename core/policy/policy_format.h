#pragma once

#include "core/policy/policy_document.h"

namespace headgate::policy {

constexpr int kPolicyFormatVersion = 1;
// Bounds of what is read; a policy with more is refused.
constexpr qint64 kMaxPolicyBytes = 32 * 1024 * 1024;
constexpr qsizetype kMaxPolicyNodes = 100'000;
constexpr qsizetype kMaxPolicyWires = 500'000;

struct LoadedPolicy
{
    PolicyDocument document;
    // Written by a newer version: may be looked at, never saved over.
    bool readOnly = false;
};

// Reads the text of a *.headgate file. Refuses what is no policy (damaged, foreign, too deep,
// duplicate ids, invalid UTF-8) with the line or the node; unknown fields and kinds are kept.
// The document need not be valid in the sense of policy_validation.h.
Result<LoadedPolicy> parsePolicy(const QByteArray &text);
// The same text for the same document; parsing it again gives an equal document.
QByteArray formatPolicy(const PolicyDocument &document);

Result<LoadedPolicy> readPolicyFile(const QString &path);
// Replaces the file in one step and keeps the former one beside it as <name>.bak. Refuses to write
// over a file of a newer version (UnsupportedVersion) and to write what could not be read again;
// whatever fails, the file at `path` stays as it was.
Result<> writePolicyFile(const PolicyDocument &document, const QString &path);

} // namespace headgate::policy
