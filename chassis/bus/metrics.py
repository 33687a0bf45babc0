"""What the bus tells Prometheus."""

from prometheus_client import Counter, Gauge, Histogram

BACKLOG = Gauge("liaison_outbox_backlog", "Events recorded and not yet published", ["service"])
AGE = Gauge("liaison_outbox_age_seconds", "Age of the oldest event not yet published", ["service"])
PUBLISHED = Counter("liaison_events_published_total", "Events the broker confirmed", ["service"])
HANDLED = Counter("liaison_events_handled_total", "Events a consumer has done with", ["consumer", "type"])
RETRIED = Counter("liaison_events_retried_total", "Attempts that failed and were made again", ["consumer"])
LAG = Histogram(
    "liaison_consumer_lag_seconds",
    "From the recording of an event to the end of its handling",
    ["consumer"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600),
)
REFUSED = Counter("liaison_events_refused_total", "Messages put among the dead letters", ["consumer", "why"])
OLDEST = Gauge(
    "liaison_consumer_oldest_seconds", "How long a consumer has had its oldest unsettled message in hand", ["consumer"]
)
DEPTH = Gauge("liaison_consumer_queue_depth", "Messages that wait in the queue, those in hand apart", ["consumer"])
DEAD_LETTERS = Gauge("liaison_dead_letters", "Messages lying in the queue of dead letters", ["consumer"])
