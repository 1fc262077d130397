/**
 * @file
 * Which commit a submission is at, read from the files of git itself: git is
 * not run, as a repository can make it run commands.
 */
#ifndef PROCLAB_REPORT_COMMIT_H
#define PROCLAB_REPORT_COMMIT_H

enum { COMMIT_TEXT = 65 };

/** @param dir in the work tree, at any depth
 * @return 0 and 40 (or 64) hexadecimal digits, or -ENOENT: none is known */
int commit_of(const char *dir, char text[static COMMIT_TEXT]);

#endif
