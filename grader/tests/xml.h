/**
 * @file
 * Whether a text is XML that any reader takes: for pictures.
 */
#ifndef PROCLAB_TESTS_XML_H
#define PROCLAB_TESTS_XML_H

/**
 * A strict subset of XML 1.0: UTF-8 of allowed characters, elements that are
 * closed in their order, attributes in quotes, numeric references.
 * @return NULL, or what is wrong
 */
const char *xml_wrong(const char *text);

#endif
