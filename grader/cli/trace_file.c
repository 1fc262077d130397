#include "cli/trace_file.h"

#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "trace/json.h"

int trace_file_read(const char *path, struct trace **out)
{
    json_error_t error;
    json_t *json =
        json_load_file(path, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!json) {
        if (error.line > 0)
            warnx("%s:%d: %s", path, error.line, error.text);
        else
            warnx("%s", error.text);
        return STATUS_USAGE;
    }
    char *why = NULL;
    int rc = trace_from_json(json, out, &why);
    json_decref(json);
    if (rc != 0)
        warnx("%s: %s", path, why ? why : strerror(-rc));
    free(why);
    return rc == 0 ? STATUS_OK : STATUS_USAGE;
}
