"""The search: from arrays to good programmes, exact attendances and proven bounds."""
