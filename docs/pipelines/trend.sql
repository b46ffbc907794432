-- The mean of the worst 1 % night by night, with its 95 % interval, and by how many standard errors it moved
-- since the night before. Runs of other configs are not mixed in: the one run last is meant.
SELECT substr(added, 1, 10) AS night, strategy, printf('%.4g', value) AS worst_1_percent,
       printf('%.2g', 1.96 * se) AS half_width,
       CASE WHEN lag(value) OVER nights IS NOT NULL
            THEN printf('%+.1f', (value - lag(value) OVER nights) / sqrt(se * se + lag(se * se) OVER nights))
       END AS standard_errors
FROM measures JOIN runs USING (run_id)
WHERE measure = 'total_cost' AND statistic = 'expected_shortfall' AND level = 0.99 AND complete
  AND config_name = (SELECT config_name FROM runs ORDER BY run_id DESC LIMIT 1)
WINDOW nights AS (PARTITION BY strategy ORDER BY run_id)
ORDER BY strategy, run_id;
